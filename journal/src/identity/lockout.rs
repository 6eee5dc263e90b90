//! How often signing in failed in a row, by login; counted for logins that nobody has as well.
//!
//! Knows logins by a keyed hash alone. The steps of the lock stand in `sql/count_failure.sql`,
//! because two nodes count at the same time. Called by the API's identity module.

use chrono::{DateTime, TimeDelta, Utc};
use sqlx::Row;

use super::IdentityStore;
use crate::error::JournalError;

/// Failures that nothing has followed for so long are forgotten; longer than any lock.
const FORGET: TimeDelta = TimeDelta::hours(2);

impl IdentityStore {
    /// Until when this login is locked, if it is now.
    pub async fn locked_until(
        &self,
        login_key: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<DateTime<Utc>>, JournalError> {
        let row = sqlx::query(include_str!("sql/locked_until.sql"))
            .bind(login_key)
            .bind(now)
            .fetch_optional(&self.pool)
            .await?;
        Ok(row.map(|row| row.try_get("locked_until")).transpose()?)
    }

    /// Counts a failure, and forgets some that are old, of whatever login.
    pub async fn count_failure(
        &self,
        login_key: &str,
        now: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/count_failure.sql"))
            .bind(login_key)
            .bind(now)
            .bind(now + FORGET)
            .execute(&self.pool)
            .await?;
        // Apart, so that nobody waits for one row while holding another.
        sqlx::query(include_str!("sql/sweep_failures.sql")).bind(now).execute(&self.pool).await?;
        Ok(())
    }

    /// Somebody signed in: counting begins anew.
    pub async fn clear_failures(&self, login_key: &str) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/clear_failures.sql"))
            .bind(login_key)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
