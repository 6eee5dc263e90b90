//! Which tickets are in a queue, asked of one ticket at a time.

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use domain::access::{Permission, Who};
use projections::feed::Snapshot;
use projections::queues;
use projections::tickets::{BuiltIn, TicketFilter};

use super::source::Seen;
use crate::graphql::access::{reads_some, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::ticket::stored_filter;

/// What a queue lets pass; none: every ticket that its reader may see.
type Filter = Option<TicketFilter>;

/// A queue as one person has it.
pub(super) enum Membership {
    /// One that every desk has.
    BuiltIn(BuiltIn, Box<Who>),
    /// One that somebody saved.
    Saved(Filter),
}

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
    /// The queue of this key, if the caller has it: the name of one that every desk has, or the
    /// identity of a saved one.
    pub(super) async fn of(cx: &Context<'_>, key: &str) -> Result<Self> {
        let unknown = || bad_request("there is no queue of this key");
        let person = working_caller(cx)?.person.as_ref();
        let Some(who) = person.map(|person| &person.who) else { return Err(unknown()) };
        if !reads_some(cx, Permission::QueueRead) {
            return Err(unknown());
        }
        match key.parse::<BuiltIn>() {
            Ok(built_in) => {
                let now = services(cx)?.gateway.now();
                built_in.of(who, now).ok_or_else(unknown)?;
                Ok(Self::BuiltIn(built_in, Box::new(who.clone())))
            }
            Err(_) => saved(cx, who, key).await?.map(Self::Saved).ok_or_else(unknown),
        }
    }

    /// What it lets pass at this instant; none: nothing.
    fn filter(&self, at: DateTime<Utc>) -> Option<Filter> {
        match self {
            Self::BuiltIn(built_in, who) => Some(Some(built_in.of(who, at)?.filter)),
            Self::Saved(filter) => Some(filter.clone()),
        }
    }

    /// What a change that the caller may see means to the queue; none: nothing. Where that depends
    /// on the time, it is the event's, so that whoever listens again is told the same.
    pub(super) fn effect(&self, seen: &Seen) -> Result<Option<Effect>> {
        let Some(filter) = self.filter(seen.change.occurred_at) else { return Ok(None) };
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
