//! A threshold that a clock went beyond, as a listener is told.

use std::sync::Arc;

use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use domain::sla::stopwatch::BREACH;
use projections::feed::Crossing;

use crate::graphql::id::encode;
use crate::graphql::names::Names;
use crate::graphql::scalar::Position;
use crate::graphql::sla_plan::ClockKind;
use crate::graphql::ticket::Ticket;

/// A clock of a ticket went beyond a threshold.
pub(super) struct SlaCrossing(pub(super) Arc<Crossing>);

/// A clock of a ticket went beyond a threshold.
#[Object]
impl SlaCrossing {
    /// The event's permanent number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.position)
    }

    /// When it happened, however late it was recorded: the first second beyond, but not before what
    /// made it so.
    async fn occurred_at(&self) -> DateTime<Utc> {
        self.0.occurred_at
    }

    /// The first second beyond, when only a later event made it so.
    async fn since(&self) -> Option<DateTime<Utc>> {
        self.0.said.since
    }

    /// Whose clock.
    async fn ticket_id(&self) -> ID {
        encode(self.0.ticket_id)
    }

    /// The ticket as it was right then.
    async fn ticket(&self) -> Ticket {
        Ticket(self.0.ticket.row.clone(), Names::default(), None)
    }

    /// Which clock.
    async fn clock(&self) -> ClockKind {
        self.0.said.clock.into()
    }

    /// The threshold, in percent of the limit; 100: the limit itself.
    async fn percent(&self) -> u16 {
        self.0.said.percent
    }

    /// Whether it is the limit itself.
    async fn breached(&self) -> bool {
        self.0.said.percent == BREACH
    }

    /// In which cycle, from 1: one begins at the opening, at each reopening, and with other terms.
    async fn cycle(&self) -> u32 {
        self.0.said.cycle
    }

    /// How long at most.
    async fn limit_seconds(&self) -> u32 {
        self.0.said.limit_seconds
    }

    /// How long it had taken.
    async fn used_seconds(&self) -> i64 {
        self.0.said.used_seconds
    }
}
