//! A notice, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use projections::notices::NoticeRow;

use super::words::NoticeKind;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Position;
use crate::graphql::ticket::Ticket;

/// You are told of something that happened to a ticket.
pub(in crate::graphql) struct Notice(pub(in crate::graphql) NoticeRow);

/// You are told of something that happened to a ticket.
#[Object]
impl Notice {
    /// The event's permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.global_seq)
    }

    /// What happened.
    async fn kind(&self) -> NoticeKind {
        self.0.kind.into()
    }

    /// When it happened.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// To which ticket.
    async fn ticket_id(&self) -> ID {
        encode(self.0.ticket_id)
    }

    /// The ticket as it is now; null when you may not see it any more.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.0.ticket_id).await
    }

    /// Who did it; null when that was nobody whom you may see.
    async fn actor(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.actor_id else { return Ok(None) };
        loader::person(cx, id).await
    }
}
