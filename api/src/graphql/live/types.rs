//! What a listener is told.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::Actor;

use super::queue::Effect;
use super::source::Seen;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::names::Names;
use crate::graphql::person::Person;
use crate::graphql::scalar::Position;
use crate::graphql::ticket::Ticket;

/// Something happened to a ticket.
pub(super) struct TicketChange(pub(super) Seen);

/// Something happened to a ticket.
#[Object]
impl TicketChange {
    /// The event's permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.change.position)
    }

    /// What happened, such as ticket.assigned.
    async fn event_type(&self) -> &str {
        &self.0.change.event_type
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.change.occurred_at
    }

    /// To which ticket.
    async fn ticket_id(&self) -> ID {
        encode(self.0.change.ticket_id)
    }

    /// The ticket as it was right after that; null when you may not see it any more.
    async fn ticket(&self) -> Option<Ticket> {
        ticket(&self.0)
    }

    /// Who did it; null when that was nobody whom you may see.
    async fn actor(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.change.actor {
            Actor::Person(id) => loader::person(cx, id).await,
            Actor::Service(_) | Actor::Import | Actor::System => Ok(None),
        }
    }
}

/// What a change means to a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "super::queue::Effect")]
pub(super) enum QueueChangeKind {
    /// The ticket is in it from now on.
    Entered,
    /// The ticket is no longer in it.
    Left,
    /// The ticket is still in it, and another than before.
    Changed,
}

/// A ticket came into a queue, left it, or changed within it.
pub(super) struct QueueChange(pub(super) Seen, pub(super) Effect);

/// A ticket came into a queue, left it, or changed within it.
#[Object]
impl QueueChange {
    /// The event's permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.change.position)
    }

    /// What that means to the queue.
    async fn kind(&self) -> QueueChangeKind {
        self.1.into()
    }

    /// Which ticket.
    async fn ticket_id(&self) -> ID {
        encode(self.0.change.ticket_id)
    }

    /// The ticket as it was right after that; null when you may not see it any more.
    async fn ticket(&self) -> Option<Ticket> {
        ticket(&self.0)
    }
}

fn ticket(seen: &Seen) -> Option<Ticket> {
    seen.after.then(|| Ticket(seen.change.after.row.clone(), Names::default(), None))
}
