//! Sessions: begun, gone on with, shown, ended.
//!
//! Whatever ends one tells so on [`SESSIONS_CHANNEL`] in the same statement, so that it is heard
//! exactly when it is true. Called by the API's identity module.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use sqlx::postgres::PgRow;
use sqlx::{PgExecutor, Row};
use uuid::Uuid;

use super::{Credentials, IdentityStore};
use crate::error::JournalError;

/// Where the end of sessions is told: a session's UUID, or `person:` and a person's, when all of
/// that person's ended.
pub const SESSIONS_CHANNEL: &str = "annals_sessions";

/// More sessions than this are not shown: nobody reads on.
const SHOWN: i64 = 100;

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

/// A live session, as its person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SessionRow {
    /// Its identity.
    pub session_id: Uuid,
    /// When the person signed in.
    pub created_at: DateTime<Utc>,
    /// When it was last refreshed; at first, when it began.
    pub last_used_at: DateTime<Utc>,
    /// When it ends unless it is refreshed.
    pub expires_at: DateTime<Utc>,
}

impl IdentityStore {
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

    /// Exchanges a refresh token's hash for the next one; none when it is not (any more) good. One
    /// that has served before ends its session: two have it, and one of them is a thief.
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
        let Some(row) = row else {
            sqlx::query(include_str!("sql/end_reused.sql"))
                .bind(refresh_hash)
                .bind(now)
                .execute(&self.pool)
                .await?;
            return Ok(None);
        };
        session(&row).map(Some)
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

    /// A person's live sessions, the newest first.
    pub async fn sessions_of(
        &self,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Vec<SessionRow>, JournalError> {
        let rows = sqlx::query(include_str!("sql/sessions.sql"))
            .bind(person.0)
            .bind(now)
            .bind(SHOWN)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(shown).collect()
    }

    /// Ends a session at once, if it is this person's. Whether there was one.
    pub async fn end(&self, session_id: Uuid, person: PersonId) -> Result<bool, JournalError> {
        let ended = sqlx::query(include_str!("sql/end_session.sql"))
            .bind(session_id)
            .bind(person.0)
            .execute(&self.pool)
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    /// Ends all of a person's sessions at once, but for the one named.
    pub async fn end_all(&self, person: PersonId, keep: Option<Uuid>) -> Result<(), JournalError> {
        end_all(&self.pool, person, keep).await
    }
}

pub(super) async fn end_all(
    database: impl PgExecutor<'_>,
    person: PersonId,
    keep: Option<Uuid>,
) -> Result<(), JournalError> {
    sqlx::query(include_str!("sql/end_sessions.sql"))
        .bind(person.0)
        .bind(keep)
        .execute(database)
        .await?;
    Ok(())
}

fn session(row: &PgRow) -> Result<Session, JournalError> {
    Ok(Session {
        session_id: row.try_get("session_id")?,
        person_id: PersonId(row.try_get("person_id")?),
        must_change: row.try_get("must_change")?,
    })
}

fn shown(row: &PgRow) -> Result<SessionRow, JournalError> {
    Ok(SessionRow {
        session_id: row.try_get("session_id")?,
        created_at: row.try_get("created_at")?,
        last_used_at: row.try_get("last_used_at")?,
        expires_at: row.try_get("expires_at")?,
    })
}
