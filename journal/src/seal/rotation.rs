//! Another wrapping key takes over: every data key is wrapped again, and then the one before opens
//! nothing any more. Data keys stay what they are, so nothing that was sealed changes.
//!
//! Whoever wraps a key shares a lock until its row is stored, and who changes the file has it alone: no row
//! comes later under a key that is gone.
//!
//! Killed at any point, it goes on where it stopped: what is under the new key already is left alone, and
//! until all are, the file holds both. Processes that run hear of it by themselves (`master`); where they
//! have a file of their own, it is copied to them between the two steps.

use sqlx::{Postgres, Row, Transaction};
use uuid::Uuid;

use super::{Keyring, SealError};

/// Keys in one statement.
const PAGE: i64 = 1_000;

impl Keyring {
    /// The first step: another key wraps from now on, the one before still opens. Once more changes
    /// nothing.
    pub async fn begin_rotation(&self) -> Result<(), SealError> {
        self.prove().await?;
        let alone = self.alone().await?;
        self.master().begin_rotation()?;
        Ok(alone.commit().await?)
    }

    /// The second: wraps all keys again, and forgets the one before. How many were under it.
    pub async fn finish_rotation(&self) -> Result<u64, SealError> {
        // Most of them while everybody works.
        let first = self.rewrap().await?;
        let alone = self.alone().await?;
        // Not within that transaction: what is wrapped again is stored before the key before is forgotten.
        let rest = self.rewrap().await?;
        self.master().end_rotation()?;
        alone.commit().await?;
        Ok(first + rest)
    }

    /// Until this ends nobody wraps a key, and all that was wrapped is stored.
    async fn alone(&self) -> Result<Transaction<'static, Postgres>, SealError> {
        let mut transaction = self.pool().begin().await?;
        for sql in [include_str!("sql/rotation_waits.sql"), include_str!("sql/wrapping_stops.sql")]
        {
            sqlx::query(sql).execute(&mut *transaction).await?;
        }
        Ok(transaction)
    }

    /// Wraps again whatever the new key does not open.
    async fn rewrap(&self) -> Result<u64, SealError> {
        let (mut after, mut rewrapped) = (Uuid::nil(), 0);
        loop {
            let rows = sqlx::query(include_str!("sql/wrapped_page.sql"))
                .bind(after)
                .bind(PAGE)
                .fetch_all(self.pool())
                .await?;
            let Some(last) = rows.last() else { return Ok(rewrapped) };
            after = last.try_get("key_id")?;
            let (mut ids, mut old, mut new): (Vec<Uuid>, Vec<Vec<u8>>, Vec<Vec<u8>>) =
                Default::default();
            for row in &rows {
                let subject: &str = row.try_get("subject")?;
                let wrapped: Vec<u8> = row.try_get("wrapped")?;
                if self.master().wraps_already(&wrapped, subject) {
                    continue;
                }
                let key = self.master().unwrap(&wrapped, subject)?;
                ids.push(row.try_get("key_id")?);
                new.push(self.master().wrap(&key, subject)?);
                old.push(wrapped);
            }
            let done = sqlx::query(include_str!("sql/rewrap.sql"))
                .bind(&ids)
                .bind(&old)
                .bind(&new)
                .execute(self.pool())
                .await?;
            rewrapped += done.rows_affected();
        }
    }
}
