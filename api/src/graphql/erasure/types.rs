//! An erasure, as a row of the read side.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::{CiId, PersonId};
use projections::erasures::ErasureRow;

use super::certificate::ErasureCertificate;
use super::words::{ErasureExemption, ErasureGround, ErasurePhase};
use crate::graphql::ci::Ci;
use crate::graphql::id::encode;
use crate::graphql::loader;
use crate::graphql::person::Person;

/// A request that a person be erased.
pub(in crate::graphql) struct Erasure(pub(in crate::graphql) ErasureRow);

/// A request that a person be erased, and what became of it.
#[Object]
impl Erasure {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.erasure_id)
    }

    /// Whom; null when it is about an item.
    async fn person(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.person_id).await
    }

    /// The item that tells of somebody; null when it is about a person, or you may not see items.
    async fn item(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        loader::ci(cx, CiId(self.0.person_id.0)).await
    }

    /// Whom, as everything names them that stays: with an item's identity, if it is about one.
    async fn person_id(&self) -> ID {
        encode(self.0.person_id)
    }

    /// With which right.
    async fn ground(&self) -> ErasureGround {
        self.0.ground.into()
    }

    /// Why.
    async fn why(&self) -> &str {
        &self.0.why
    }

    /// Who asked; null: a program.
    async fn requester(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.requester_id).await
    }

    /// How far it has come.
    async fn phase(&self) -> ErasurePhase {
        self.0.phase.into()
    }

    /// When somebody asked.
    async fn requested_at(&self) -> DateTime<Utc> {
        self.0.requested_at
    }

    /// Who said yes.
    async fn approved_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.approved_by).await
    }

    /// When.
    async fn approved_at(&self) -> Option<DateTime<Utc>> {
        self.0.approved_at
    }

    /// Who said no.
    async fn refused_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        person(cx, self.0.refused_by).await
    }

    /// When.
    async fn refused_at(&self) -> Option<DateTime<Utc>> {
        self.0.refused_at
    }

    /// What the law says for a no.
    async fn exemption(&self) -> Option<ErasureExemption> {
        self.0.exemption.map(Into::into)
    }

    /// Why not.
    async fn refused_why(&self) -> Option<&str> {
        self.0.refused_why.as_deref()
    }

    /// When whoever asked did not want it any more.
    async fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.withdrawn_at
    }

    /// Since when it is not stopped any more.
    async fn begun_at(&self) -> Option<DateTime<Utc>> {
        self.0.begun_at
    }

    /// When it was written down that nobody can read the history any more.
    async fn keys_destroyed_at(&self) -> Option<DateTime<Utc>> {
        self.0.keys_destroyed_at
    }

    /// When no view told it any more.
    async fn purged_at(&self) -> Option<DateTime<Utc>> {
        self.0.purged_at
    }

    /// When it was done.
    async fn certified_at(&self) -> Option<DateTime<Utc>> {
        self.0.certified_at
    }

    /// What was destroyed; null before it is certified.
    async fn certificate(&self) -> Option<ErasureCertificate> {
        ErasureCertificate::of(&self.0)
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
