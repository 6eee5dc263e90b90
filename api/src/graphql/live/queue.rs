//! Which tickets are in a queue, asked of one ticket at a time.

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use domain::access::Who;
use projections::feed::Snapshot;
use projections::tickets::{BuiltIn, TicketFilter};

use super::source::Seen;
use crate::graphql::access::working_caller;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::queue::{Known, What, by_key};

/// A queue as one person has it.
pub(super) enum Membership {
    /// One that every desk has.
    BuiltIn(BuiltIn, Box<Who>),
    /// One that somebody saved.
    Saved(TicketFilter),
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
    /// The queue of this key, if the caller has it.
    pub(super) async fn of(cx: &Context<'_>, key: &str) -> Result<Self> {
        let unknown = || bad_request("there is no queue of this key");
        let person = working_caller(cx)?.person.as_ref();
        let Some(who) = person.map(|person| &person.who) else { return Err(unknown()) };
        let Known { what, lined } = by_key(cx, key).await?.ok_or_else(unknown)?;
        Ok(match what {
            What::BuiltIn(built_in) => Self::BuiltIn(built_in, Box::new(who.clone())),
            What::Saved(_) => {
                Self::Saved(lined.map_err(|fault| bad_request(fault.to_string()))?.filter)
            }
        })
    }

    /// What it lets pass at this instant; none: nothing.
    fn filter(&self, at: DateTime<Utc>) -> Option<TicketFilter> {
        match self {
            Self::BuiltIn(built_in, who) => Some(built_in.of(who, at)?.filter),
            Self::Saved(filter) => Some(filter.moved_to(at)),
        }
    }

    /// What a change that the caller may see means to the queue; none: nothing. Where that depends
    /// on the time, it is the event's, so that whoever listens again is told the same.
    pub(super) fn effect(&self, seen: &Seen) -> Result<Option<Effect>> {
        let Some(filter) = self.filter(seen.change.occurred_at) else { return Ok(None) };
        let holds =
            |snapshot: &Snapshot| filter.matches(&snapshot.row, &snapshot.dossier).map_err(unread);
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
