//! Where secrets of people and programs are kept: password hashes, sessions, hashes of service tokens,
//! in the schema `identity`.
//!
//! No history: nothing here is an event, and no backup of the events contains it. It stands in this
//! crate because it is truth on Postgres, not a view of anything. Knows no Argon2 and no token
//! format; the API's identity module does. Called by that alone.

mod lockout;
mod marks;
mod service_tokens;
mod sessions;

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::JournalError;

pub use sessions::{SESSIONS_CHANNEL, Session, SessionRow};

/// A person's credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// The password serves once: to choose another.
    pub must_change: bool,
    /// When the password stops to serve; none: never.
    pub expires_at: Option<DateTime<Utc>>,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials {{ must_change: {} }}", self.must_change)
    }
}

/// The store.
#[derive(Debug, Clone)]
pub struct IdentityStore {
    pool: PgPool,
}

impl IdentityStore {
    /// `pool`'s connections act as `annals_app`.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// A person's credentials, if any were ever set.
    pub async fn credentials(&self, person: PersonId) -> Result<Option<Credentials>, JournalError> {
        let row = sqlx::query(include_str!("sql/credentials.sql"))
            .bind(person.0)
            .fetch_optional(&self.pool)
            .await?;
        row.map(|row| {
            Ok(Credentials {
                password_hash: row.try_get("password_hash")?,
                must_change: row.try_get("must_change")?,
                expires_at: row.try_get("expires_at")?,
            })
        })
        .transpose()
    }

    /// Sets or replaces them, then ends all sessions but the one named, in one transaction: a
    /// sign-in under the old password either waits for it and fails, or is ended by it.
    pub async fn set_credentials(
        &self,
        person: PersonId,
        credentials: &Credentials,
        now: DateTime<Utc>,
        keep: Option<Uuid>,
    ) -> Result<(), JournalError> {
        let mut transaction = self.pool.begin().await?;
        sqlx::query(include_str!("sql/set_credentials.sql"))
            .bind(person.0)
            .bind(&credentials.password_hash)
            .bind(credentials.must_change)
            .bind(now)
            .bind(credentials.expires_at)
            .execute(&mut *transaction)
            .await?;
        sessions::end_all(&mut *transaction, person, keep).await?;
        Ok(transaction.commit().await?)
    }
}
