//! A hold on evidence, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::{CiId, PersonId};
use projections::evidence_holds::HoldRow;

use crate::graphql::ci::Ci;
use crate::graphql::context::services;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::ticket::Ticket;

/// A hold on evidence.
pub(in crate::graphql) struct EvidenceHold(pub(in crate::graphql) HoldRow);

/// A hold on evidence: while it is in force, nothing that it protects is erased.
#[Object]
impl EvidenceHold {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.hold_id)
    }

    /// On whom; null: it is on a ticket, or on an item that tells of somebody.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.person_id).await
    }

    /// On the item that tells of somebody; null when it is on a person or a ticket, or you may not see items.
    async fn item(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let Some(PersonId(item)) = self.0.person_id else { return Ok(None) };
        loader::ci(cx, CiId(item)).await
    }

    /// On which ticket; null: it is on a person, or you may not see the ticket.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        let Some(ticket) = self.0.ticket_id else { return Ok(None) };
        loader::ticket(cx, ticket).await
    }

    /// Why.
    async fn why(&self) -> &str {
        &self.0.why
    }

    /// From then on no more; null: until it is lifted.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.0.until
    }

    /// Whether it protects anything now.
    async fn in_force(&self, cx: &Context<'_>) -> Result<bool> {
        Ok(self.0.is_in_force(services(cx)?.gateway.now()))
    }

    /// By whom; null: nobody by hand.
    async fn placed_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.placed_by).await
    }

    /// When.
    async fn placed_at(&self) -> DateTime<Utc> {
        self.0.placed_at
    }

    /// Who lifted it.
    async fn lifted_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.lifted_by).await
    }

    /// When it was lifted.
    async fn lifted_at(&self) -> Option<DateTime<Utc>> {
        self.0.lifted_at
    }

    /// Why it was lifted.
    async fn lift_why(&self) -> Option<&str> {
        self.0.lift_why.as_deref()
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

async fn person(cx: &Context<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    loader::person(cx, id).await
}
