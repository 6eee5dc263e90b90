//! Whether whatever was being written at an instant is there, or never will be.

use sqlx::Row;

use crate::error::JournalError;
use crate::journal::Journal;

/// An instant, told by the transactions that had begun to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fence(String);

impl Fence {
    /// Now.
    pub async fn now(journal: &Journal) -> Result<Self, JournalError> {
        let row = sqlx::query(include_str!("sql/fence.sql")).fetch_one(journal.pool()).await?;
        Ok(Self(row.try_get("fence")?))
    }

    /// As PostgreSQL writes it.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether every transaction that had begun to write by then has ended.
    pub async fn has_passed(&self, journal: &Journal) -> Result<bool, JournalError> {
        let row = sqlx::query(include_str!("sql/fence_passed.sql"))
            .bind(&self.0)
            .fetch_one(journal.pool())
            .await?;
        Ok(row.try_get("passed")?)
    }
}
