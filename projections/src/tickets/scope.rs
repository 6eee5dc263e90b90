//! How far a reader's view of tickets reaches: what they hold, as SQL and in memory.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::access::decide::{ObjectView, World};
use domain::access::filter::Filter;
use domain::access::{Permission, Reach, TicketParties, TicketTraits, Who};
use domain::kernel::PersonId;
use serde::Serialize;
use sqlx::{Postgres, QueryBuilder};

use super::arm::Arm;
use super::row::TicketRow;
use super::{seen, ways};
use crate::rows::tier;

/// Which tickets the reader may see.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum Scope {
    /// Every ticket.
    All,
    /// Some of them.
    Part(Arc<View>),
    /// None.
    None,
}

/// What one person sees of tickets.
#[derive(Debug, Serialize)]
pub struct View {
    /// As far as relations depend on it.
    pub(super) who: Who,
    /// Of which tickets it is true.
    pub(super) filter: Arc<Filter>,
    /// What they hold.
    #[serde(skip)]
    pub(super) world: Arc<World>,
}

impl View {
    /// Who has to stand so to a ticket: the reader, or whoever lends them what is looked at.
    pub(super) fn who(&self, delegator: Option<PersonId>) -> Option<&Who> {
        match delegator {
            None => Some(&self.who),
            Some(person) => self.who.lenders.iter().find(|lender| lender.person == person),
        }
    }
}

impl PartialEq for View {
    /// What somebody holds says only what it comes to.
    fn eq(&self, other: &Self) -> bool {
        self.who == other.who && self.filter == other.filter
    }
}

impl Scope {
    /// What this person may do this to, now.
    pub fn of(world: &Arc<World>, who: &Who, permission: Permission, at: DateTime<Utc>) -> Self {
        let filter = world.filter(permission, at);
        match filter.reach() {
            Reach::All => Self::All,
            Reach::None => Self::None,
            Reach::Related => {
                let (who, world) = (who.clone(), Arc::clone(world));
                Self::Part(Arc::new(View { who, filter, world }))
            }
        }
    }

    /// Whether the reader sees this ticket; the same answer as the condition in SQL.
    pub fn sees(&self, row: &TicketRow, watchers: &[PersonId]) -> bool {
        match self {
            Self::All => true,
            Self::None => false,
            Self::Part(view) => {
                let ticket = ObjectView::of_ticket(&view.world, &view.who, &row.parties(watchers));
                view.filter.admits(&ticket)
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
            traits: TicketTraits {
                kind: self.kind,
                priority: self.priority,
                impact: self.impact,
                urgency: self.urgency,
                subject: self.subject_id,
                tier: tier(self.tier),
            },
        }
    }
}

/// Adds what the reader may see.
pub(super) fn push(sql: &mut QueryBuilder<'static, Postgres>, scope: &Scope) {
    match scope {
        Scope::All => {
            sql.push("true");
        }
        Scope::Part(view) => match ways::of(view) {
            ways if ways.complete && ways.enough => push_any(sql, &ways.arms),
            _ => seen::push(sql, view, view.filter.predicate()),
        },
        Scope::None => {
            sql.push("false");
        }
    }
}

/// Adds what the reader may see of tickets that something else finds. No index is to serve it: to
/// weigh all of them takes the planner longer than the list.
pub(super) fn push_aside(sql: &mut QueryBuilder<'static, Postgres>, scope: &Scope) {
    push(sql, scope);
    if matches!(scope, Scope::Part(_)) {
        sql.push(" is true");
    }
}

/// Adds that it is known who sees the ticket `t`, where that matters to the reader. While an event of
/// its streams cannot be applied, it may have been the one that shut them out.
pub(super) fn push_known(sql: &mut QueryBuilder<'static, Postgres>, scope: &Scope) {
    if matches!(scope, Scope::Part(_)) {
        sql.push(" and ").push(include_str!("sql/known.sql"));
    }
}

/// Adds that a ticket comes by one of these ways.
pub(super) fn push_any(sql: &mut QueryBuilder<'static, Postgres>, arms: &[Arm]) {
    sql.push(if arms.is_empty() { "(false" } else { "" });
    for (nr, arm) in arms.iter().enumerate() {
        sql.push(if nr == 0 { "(" } else { " or " });
        arm.push_beside(sql);
    }
    sql.push(")");
}
