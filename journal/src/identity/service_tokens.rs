//! The secrets that programs speak with, by their hashes alone.
//!
//! Whether a token still serves is said by its account's events; here is only which token a secret
//! is, and when it last spoke. Called by the API's identity module.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::kernel::{ServiceAccountId, ServiceTokenId};
use sqlx::Row;
use sqlx::postgres::PgRow;

use super::IdentityStore;
use crate::error::JournalError;

impl IdentityStore {
    /// Keeps the SHA-256 of a new token's secret.
    pub async fn keep_service_token(
        &self,
        (account, token): (ServiceAccountId, ServiceTokenId),
        secret_hash: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/keep_service_token.sql"))
            .bind(token.0)
            .bind(account.0)
            .bind(secret_hash)
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Forgets a token that was never issued.
    pub async fn discard_service_token(&self, token: ServiceTokenId) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/discard_service_token.sql"))
            .bind(token.0)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Which token of which account a secret is; none for a revoked one.
    pub async fn service_token(
        &self,
        secret_hash: &[u8],
    ) -> Result<Option<(ServiceAccountId, ServiceTokenId)>, JournalError> {
        let row = sqlx::query(include_str!("sql/service_token.sql"))
            .bind(secret_hash)
            .fetch_optional(&self.pool)
            .await?;
        let Some(row) = row else { return Ok(None) };
        let account = ServiceAccountId(row.try_get("account_id")?);
        Ok(Some((account, ServiceTokenId(row.try_get("token_id")?))))
    }

    /// A token spoke.
    pub async fn use_service_token(
        &self,
        token: ServiceTokenId,
        now: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/use_service_token.sql"))
            .bind(token.0)
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Destroys what a secret could be recognised by: a token's, or all of an account's.
    pub async fn end_service_tokens(
        &self,
        account: ServiceAccountId,
        token: Option<ServiceTokenId>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/end_service_tokens.sql"))
            .bind(account.0)
            .bind(token.map(|token| token.0))
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// When these tokens last spoke, to the minute; those that never did are absent.
    pub async fn service_tokens_used(
        &self,
        tokens: &[ServiceTokenId],
    ) -> Result<HashMap<ServiceTokenId, DateTime<Utc>>, JournalError> {
        let ids: Vec<_> = tokens.iter().map(|token| token.0).collect();
        let rows = sqlx::query(include_str!("sql/service_tokens_used.sql"))
            .bind(ids)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(used).collect()
    }
}

fn used(row: &PgRow) -> Result<(ServiceTokenId, DateTime<Utc>), JournalError> {
    Ok((ServiceTokenId(row.try_get("token_id")?), row.try_get("last_used_at")?))
}
