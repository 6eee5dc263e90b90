//! Read marks: which notices a person has read. The notices themselves are a read model.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;

use super::IdentityStore;
use crate::error::JournalError;

impl IdentityStore {
    /// Marks the notices of these events as read; what was read before keeps its time.
    pub async fn mark_read(
        &self,
        person: PersonId,
        global_seqs: &[i64],
        now: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/mark_read.sql"))
            .bind(person.0)
            .bind(global_seqs)
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Marks the notices of all events up to `through` as read. Never takes a mark back: an earlier
    /// number changes nothing.
    pub async fn mark_all_read(
        &self,
        person: PersonId,
        through: i64,
        now: DateTime<Utc>,
    ) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/mark_all_read.sql"))
            .bind(person.0)
            .bind(through)
            .bind(now)
            .execute(&self.pool)
            .await?;
        Ok(())
    }
}
