//! How far a reader's view of tickets reaches: the table of rights, as SQL and in memory.

use std::sync::Arc;

use domain::access::{Relation, TicketParties, Who, table};
use domain::kernel::PersonId;
use domain::person::PersonKind;
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::row::TicketRow;

/// Which tickets the reader may see.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum Scope {
    /// Every ticket.
    All,
    /// Those this person has to do with.
    Related(Arc<Who>),
    /// None.
    None,
}

impl Scope {
    /// Whether the reader sees this ticket; the same answer as the condition in SQL.
    pub fn sees(&self, row: &TicketRow, watchers: &[PersonId]) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Related(who) => {
                table::sees(who.role, Relation::to_ticket(who, &row.parties(watchers)))
            }
        }
    }
}

impl TicketRow {
    /// What rights depend on.
    pub fn parties<'a>(&'a self, watchers: &'a [PersonId]) -> TicketParties<'a> {
        TicketParties {
            state: self.state,
            author: self.author_id,
            requester: self.requester_id,
            unit: self.unit_id,
            assignees: &self.assignee_ids,
            holder: self.holder_id,
            last_holder: self.last_holder_id,
            watchers,
        }
    }
}

/// Adds what the reader may see.
pub(super) fn push(sql: &mut QueryBuilder<'static, Postgres>, scope: &Scope) {
    match scope {
        Scope::All => {
            sql.push("true");
        }
        Scope::Related(who) => push_related(sql, who),
        Scope::None => {
            sql.push("false");
        }
    }
}

fn push_related(sql: &mut QueryBuilder<'static, Postgres>, who: &Who) {
    let me = who.person.0;
    let own: Vec<Uuid> = who.clients.iter().map(|client| client.0).chain([me]).collect();
    let people = who.people.iter().map(|person| person.0);
    let authors: Vec<Uuid> = own.iter().copied().chain(people).collect();
    sql.push("(t.author_id = any(").push_bind(authors).push(")");
    sql.push(" or t.requester_id = any(").push_bind(own).push(")");
    if who.role.kind() == PersonKind::Staff {
        let units: Vec<Uuid> = who.units.union(&who.heads).map(|unit| unit.0).collect();
        sql.push(" or t.unit_id = any(").push_bind(units).push(")");
        sql.push(" or t.holder_id = ").push_bind(me);
        sql.push(" or t.last_holder_id = ").push_bind(me);
        sql.push(" or t.assignee_ids @> array[").push_bind(me).push("]");
        // An array of its own, so that an index can serve each part.
        sql.push(" or t.ticket_id = any(array(select d.ticket_id from dossiers d");
        sql.push(" where d.watcher_ids @> array[").push_bind(me).push("]))");
        if who.dispatches {
            sql.push(" or (t.unit_id is null and t.assignee_ids = '{}')");
        }
    }
    sql.push(")");
}
