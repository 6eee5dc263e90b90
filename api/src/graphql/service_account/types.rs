//! A service account and its tokens, as a row of the read side.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::ServiceTokenId;
use journal::JournalError;
use journal::identity::IdentityStore;
use projections::service_accounts::{ServiceAccountRow, TokenRow};

use super::words::ServiceRight;
use crate::graphql::context::{load, services};
use crate::graphql::id::{encode, encode_service_token};
use crate::graphql::loader::{self, Reads};
use crate::graphql::person::Person;

/// A program that may do a few things.
pub(in crate::graphql) struct ServiceAccount(pub(in crate::graphql) ServiceAccountRow);

/// What a program speaks with.
struct ServiceToken(TokenRow);

/// A program that may do a few things.
#[Object]
impl ServiceAccount {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.account_id)
    }

    /// Unique, whatever its case, among those that are not retired.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it is for.
    async fn purpose(&self) -> &str {
        &self.0.purpose
    }

    /// Who answers for it. While that is nobody who works here, it speaks for nobody.
    async fn owner(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        loader::person(cx, self.0.owner_id).await
    }

    /// What it may do.
    async fn rights(&self) -> Vec<ServiceRight> {
        self.0.rights.iter().map(|right| (*right).into()).collect()
    }

    /// The system that it is a part of; null when it is of none in particular.
    async fn system(&self) -> Option<&str> {
        self.0.system.as_deref()
    }

    /// The tokens it speaks with, at most two, the newest last; if asked for, also those that serve
    /// no more.
    async fn tokens(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Also those that serve no more.", default)] include_ended: bool,
    ) -> Result<Vec<ServiceToken>> {
        let now = services(cx)?.gateway.now();
        let shown = self.0.tokens.iter().filter(|token| include_ended || token.serves(now));
        Ok(shown.cloned().map(ServiceToken).collect())
    }

    /// When it began.
    async fn registered_at(&self) -> DateTime<Utc> {
        self.0.registered_at
    }

    /// When it was retired; null when it is not.
    async fn retired_at(&self) -> Option<DateTime<Utc>> {
        self.0.retired_at
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

/// What a program speaks with; the secret itself is kept nowhere.
#[Object]
impl ServiceToken {
    /// Opaque; by it a token is revoked.
    async fn id(&self) -> ID {
        encode_service_token(self.0.token_id)
    }

    /// Since when it serves.
    async fn issued_at(&self) -> DateTime<Utc> {
        self.0.issued_at
    }

    /// From when on it does not.
    async fn ends_at(&self) -> DateTime<Utc> {
        self.0.ends_at
    }

    /// When it was revoked before its end, by itself or with its account; null when it was not.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// When somebody last spoke with it, to the minute; null when nobody did.
    async fn last_used_at(&self, cx: &Context<'_>) -> Result<Option<DateTime<Utc>>> {
        load(cx, self.0.token_id).await
    }
}

#[async_trait]
impl Loader<ServiceTokenId> for Reads {
    type Value = DateTime<Utc>;
    type Error = Arc<JournalError>;

    async fn load(
        &self,
        keys: &[ServiceTokenId],
    ) -> Result<HashMap<ServiceTokenId, DateTime<Utc>>, Arc<JournalError>> {
        let store = IdentityStore::new(self.pool.clone());
        store.service_tokens_used(keys).await.map_err(Arc::new)
    }
}
