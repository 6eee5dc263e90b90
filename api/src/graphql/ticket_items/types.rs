//! An item of a ticket, and what was computed last.

use async_graphql::{Context, Object, Result, SimpleObject};
use chrono::{DateTime, Utc};
use projections::ticket_items::ImpactRow;

use super::load;
use super::words::TicketItemRole;
use crate::graphql::access::sees_still;
use crate::graphql::ci::Ci;

/// An item that a ticket has to do with.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TicketItem {
    /// The item.
    pub(super) ci: Ci,
    /// What it is to the ticket.
    pub(super) role: TicketItemRole,
    /// How many relations away from the nearest manual one it falls; 0 of those that were named.
    pub(super) depth: i32,
}

/// What was computed last to fall with a ticket's items.
pub(in crate::graphql) struct TicketImpact(pub(super) ImpactRow);

/// What was computed last to fall with a ticket's items: the very set that the journal's event tells.
#[Object]
impl TicketImpact {
    /// The place in the log up to which items, relations, classes and other tickets were known.
    async fn position(&self) -> String {
        self.0.position.to_string()
    }

    /// SHA-256 of the set, in hex: each item with what becomes of it and its depth.
    async fn digest(&self) -> &str {
        &self.0.digest
    }

    /// How many items fall, besides those that were named.
    async fn count(&self) -> i64 {
        self.0.fallen
    }

    /// How many of them are people and teams.
    async fn contacts(&self) -> i64 {
        self.0.contacts
    }

    /// The services that the ticket's items provide, those that failed and those that fall, as they
    /// are related now; at most 1,000.
    async fn services(&self, cx: &Context<'_>) -> Result<Vec<Ci>> {
        let told = load::services_of(cx, self.0.ticket_id).await?;
        sees_still(cx, self.0.ticket_id).await?;
        Ok(told)
    }

    /// How many items of other open incidents counted as failed.
    async fn context(&self) -> i64 {
        self.0.context
    }

    /// How many relations away it was followed.
    async fn depth(&self) -> i32 {
        self.0.depth.into()
    }

    /// Whether there is more than was computed.
    async fn truncated(&self) -> bool {
        self.0.truncated
    }

    /// When.
    async fn at(&self) -> DateTime<Utc> {
        self.0.computed_at
    }
}
