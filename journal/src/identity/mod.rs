//! Where secrets of people are kept: password hashes and sessions, in the schema `identity`.
//!
//! No history: nothing here is an event, and no backup of the events contains it. It stands in this
//! crate because it is truth on Postgres, not a view of anything. Knows no Argon2 and no token
//! format; the API's identity module does. Called by that alone.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::JournalError;

/// A person's credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Argon2id in PHC form.
    pub password_hash: String,
    /// The password serves once: to choose another.
    pub must_change: bool,
}

impl std::fmt::Debug for Credentials {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Credentials {{ must_change: {} }}", self.must_change)
    }
}

/// A live session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identity.
    pub session_id: Uuid,
    /// Whose.
    pub person_id: PersonId,
    /// The person must choose another password first.
    pub must_change: bool,
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
            .execute(&mut *transaction)
            .await?;
        sqlx::query(include_str!("sql/end_sessions.sql"))
            .bind(person.0)
            .bind(keep)
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Begins a session, if the password that was verified is still the person's; forgets those of
    /// the person that have expired. Whether it began.
    pub async fn begin(
        &self,
        session: Uuid,
        (person, verified): (PersonId, &Credentials),
        refresh_hash: &[u8],
        (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<bool, JournalError> {
        let begun = sqlx::query(include_str!("sql/begin_session.sql"))
            .bind(session)
            .bind(person.0)
            .bind(refresh_hash)
            .bind(now)
            .bind(expires_at)
            .bind(&verified.password_hash)
            .execute(&self.pool)
            .await?;
        Ok(begun.rows_affected() == 1)
    }

    /// Exchanges a refresh token's hash for the next one; none when it is not (any more) good.
    pub async fn rotate(
        &self,
        refresh_hash: &[u8],
        next_hash: &[u8],
        (now, expires_at): (DateTime<Utc>, DateTime<Utc>),
    ) -> Result<Option<Session>, JournalError> {
        let row = sqlx::query(include_str!("sql/rotate_session.sql"))
            .bind(refresh_hash)
            .bind(next_hash)
            .bind(now)
            .bind(expires_at)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(session).transpose()
    }

    /// The session, while it lives.
    pub async fn session(
        &self,
        session_id: Uuid,
        now: DateTime<Utc>,
    ) -> Result<Option<Session>, JournalError> {
        let row = sqlx::query(include_str!("sql/session.sql"))
            .bind(session_id)
            .bind(now)
            .fetch_optional(&self.pool)
            .await?;
        row.as_ref().map(session).transpose()
    }

    /// Ends a session at once.
    pub async fn end(&self, session_id: Uuid) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/end_session.sql"))
            .bind(session_id)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}

fn session(row: &sqlx::postgres::PgRow) -> Result<Session, JournalError> {
    Ok(Session {
        session_id: row.try_get("session_id")?,
        person_id: PersonId(row.try_get("person_id")?),
        must_change: row.try_get("must_change")?,
    })
}
