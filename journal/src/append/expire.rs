//! Forgets answers to commands that are older than anybody repeats them: 30 days. Those
//! to the import are kept: a file may be imported again at any time.

use sqlx::Row;

use crate::error::JournalError;
use crate::journal::Journal;

/// Rows a statement deletes: none holds up settling for long.
const BATCH: i32 = 2_000;

impl Journal {
    /// Forgets what is old enough, and says how many commands those were. For a worker that calls it
    /// now and then; several may do so at once.
    pub async fn expire_commands(&self) -> Result<u64, JournalError> {
        let mut all = 0;
        loop {
            let row = sqlx::query(include_str!("sql/expire.sql"))
                .bind(BATCH)
                .fetch_one(self.pool())
                .await?;
            let gone: i64 = row.try_get("gone")?;
            all += gone.unsigned_abs();
            if gone < i64::from(BATCH) {
                return Ok(all);
            }
        }
    }
}
