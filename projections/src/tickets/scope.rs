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

/// Adds what the reader may see of tickets that something else finds. No index is to serve it: to
/// weigh all of them takes the planner longer than the list.
pub(super) fn push_aside(sql: &mut QueryBuilder<'static, Postgres>, scope: &Scope) {
    push(sql, scope);
    if matches!(scope, Scope::Related(_)) {
        sql.push(" is true");
    }
}

fn push_related(sql: &mut QueryBuilder<'static, Postgres>, who: &Who) {
    for (nr, arm) in arms(who).iter().enumerate() {
        sql.push(if nr == 0 { "(" } else { " or " });
        arm.push_beside(sql);
    }
    sql.push(")");
}

/// One way to have to do with a ticket; an index serves each of them by itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arm {
    /// The column is one of these.
    Among(&'static str, Vec<Uuid>),
    /// It is given to one of these.
    Assigned(Vec<Uuid>),
    /// This person watches it.
    Watched(Uuid),
    /// It waits in dispatch.
    Unplaced,
}

/// All ways in which somebody has to do with tickets, those with the most tickets first.
pub(super) fn arms(who: &Who) -> Vec<Arm> {
    let me = who.person.0;
    let own: Vec<Uuid> = who.clients.iter().map(|client| client.0).chain([me]).collect();
    let people = who.people.iter().map(|person| person.0);
    let authors: Vec<Uuid> = own.iter().copied().chain(people).collect();
    let mut arms = vec![Arm::Among("t.author_id", authors), Arm::Among("t.requester_id", own)];
    if who.role.kind() != PersonKind::Staff {
        return arms;
    }
    let units: Vec<Uuid> = who.units.union(&who.heads).map(|unit| unit.0).collect();
    if !units.is_empty() {
        arms.insert(0, Arm::Among("t.unit_id", units));
    }
    arms.extend([
        Arm::Among("t.last_holder_id", vec![me]),
        Arm::Among("t.holder_id", vec![me]),
        Arm::Assigned(vec![me]),
        Arm::Watched(me),
    ]);
    arms.extend(who.dispatches.then_some(Arm::Unplaced));
    arms
}

impl Arm {
    /// Adds the condition on the ticket `t`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        match self {
            Self::Among(column, ids) => {
                sql.push(*column).push(" = any(").push_bind(ids.clone()).push(")");
            }
            Self::Assigned(people) => {
                sql.push("t.assignee_ids && ").push_bind(people.clone());
            }
            Self::Watched(me) => {
                // An array of its own, so that the key's index can serve.
                sql.push("t.ticket_id = any(array(select d.ticket_id from dossiers d");
                sql.push(" where d.watcher_ids @> array[").push_bind(*me).push("]))");
            }
            Self::Unplaced => {
                sql.push("(t.unit_id is null and t.assignee_ids = '{}')");
            }
        }
    }

    /// Adds the condition as one of several: a single value is compared as such.
    fn push_beside(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        match self {
            Self::Among(column, ids) if ids.len() == 1 => {
                sql.push(*column).push(" = ").push_bind(ids[0]);
            }
            Self::Among(..) | Self::Assigned(_) | Self::Watched(_) | Self::Unplaced => {
                self.push(sql)
            }
        }
    }

    /// Adds the order of the arm's own index, so that it is what serves: a reading of the whole table
    /// finds the first ones sooner only where they stand at its beginning.
    pub(super) fn push_order(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Self::Among(column, _) = self {
            sql.push(" order by ").push(*column);
        }
    }
}
