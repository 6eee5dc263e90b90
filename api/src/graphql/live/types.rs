//! What a listener is told.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::Actor;

use super::source::Seen;
use crate::graphql::id::encode;
use crate::graphql::loader;
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
            Actor::Import | Actor::System => Ok(None),
        }
    }
}

fn ticket(seen: &Seen) -> Option<Ticket> {
    seen.after.then(|| Ticket(seen.change.after.row.clone()))
}
