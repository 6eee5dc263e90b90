//! Which tickets are in a queue, asked of one ticket at a time.

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use domain::access::{Permission, Who};
use projections::feed::Snapshot;
use projections::queues;
use projections::tickets::TicketFilter;

use super::source::Seen;
use crate::graphql::access::{reads_some, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::ticket::stored_filter;

/// What a queue lets pass; none: every ticket that its reader may see.
type Filter = Option<TicketFilter>;

/// A queue as one person has it. What it lets pass may depend on the time: on that of the event, so
/// that whoever listens again is told the same.
pub(super) struct Membership(Box<dyn Fn(DateTime<Utc>) -> Filter + Send + Sync>);

/// What a change means to a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// The ticket is in it from now on.
    Entered,
    /// The ticket is no longer in it.
    Left,
    /// The ticket is still in it, and another than before.
    Changed,
}

impl Membership {
    /// The queue of this key, if the caller has it: the id of a saved one.
    pub(super) async fn of(cx: &Context<'_>, key: &str) -> Result<Self> {
        let unknown = || bad_request("there is no queue of this key");
        let person = working_caller(cx)?.person.as_ref();
        let Some(who) = person.map(|person| &person.who) else { return Err(unknown()) };
        if !reads_some(cx, Permission::QueueRead) {
            return Err(unknown());
        }
        let filter = saved(cx, who, key).await?.ok_or_else(unknown)?;
        Ok(Self(Box::new(move |_| filter.clone())))
    }

    /// What a change that the caller may see means to the queue; none: nothing.
    pub(super) fn effect(&self, seen: &Seen) -> Result<Option<Effect>> {
        let filter = (self.0)(seen.change.occurred_at);
        let holds = |snapshot: &Snapshot| match &filter {
            Some(filter) => filter.matches(&snapshot.row, &snapshot.dossier).map_err(unread),
            None => Ok(true),
        };
        let before = match &seen.change.before {
            Some(before) if seen.before => holds(before)?,
            Some(_) | None => false,
        };
        let after = seen.after && holds(&seen.change.after)?;
        Ok(match (before, after) {
            (false, true) => Some(Effect::Entered),
            (true, false) => Some(Effect::Left),
            (true, true) => Some(Effect::Changed),
            (false, false) => None,
        })
    }
}

/// The filter of a saved queue that this person sees.
async fn saved(cx: &Context<'_>, who: &Who, key: &str) -> Result<Option<Filter>> {
    let units: Vec<_> = who.units.union(&who.heads).copied().collect();
    let visible = queues::visible(&services(cx)?.reads, who.person, &units).await;
    let found = visible.map_err(unread)?.into_iter().find(|row| row.queue_id.0.to_string() == key);
    found.map(|row| stored_filter(row.filter)).transpose()
}
