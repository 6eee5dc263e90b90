//! One step of the leader.

use futures_util::TryStreamExt;
use sqlx::{PgConnection, Row};

use super::entries::{Entries, size};
use super::restored;
use crate::error::JournalError;
use crate::merkle::Frontier;

/// Events a step.
pub(super) const BATCH: i64 = 5_000;

/// What the leader knows between steps.
#[derive(Debug)]
pub(crate) struct Leader {
    origin: String,
    epoch: i64,
    frontier: Frontier,
    /// Transaction and position behind which nothing has its number yet, but for `former`.
    cursor: (i64, i64),
    /// Up to this transaction, events of a former life may stand behind the cursor.
    former: Option<i64>,
}

impl Leader {
    /// Raises the epoch, so that whoever led before can write no more. After a restore, numbers
    /// first what came along without a number.
    pub(crate) async fn take_over(conn: &mut PgConnection) -> Result<Self, JournalError> {
        let row = sqlx::query(include_str!("sql/take_over.sql")).fetch_one(&mut *conn).await?;
        let size: i64 = row.try_get("tree_size")?;
        let stored: Vec<u8> = row.try_get("frontier")?;
        let frontier = Frontier::from_bytes(size.unsigned_abs(), &stored)
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        let mut leader = Self {
            origin: row.try_get("origin")?,
            epoch: row.try_get("epoch")?,
            frontier,
            cursor: (row.try_get("cursor_xid")?, row.try_get("cursor_position")?),
            former: row.try_get("former_xid")?,
        };
        if row.try_get("elsewhere")? || restored::is_restored(conn).await? {
            restored::rebase(&mut leader, conn).await?;
        }
        Ok(leader)
    }

    pub(super) fn head(&self) -> i64 {
        size(&self.frontier)
    }

    pub(super) fn epoch(&self) -> i64 {
        self.epoch
    }

    pub(super) fn origin(&self) -> &str {
        &self.origin
    }

    pub(super) fn cursor(&self) -> (i64, i64) {
        self.cursor
    }

    /// What the next events are put behind.
    pub(super) fn entries(&self) -> Entries {
        Entries::after(self.frontier.clone())
    }

    /// Goes on behind this cursor.
    pub(super) fn rebased(&mut self, cursor: (i64, i64), former: Option<i64>) {
        self.cursor = cursor;
        self.former = former;
    }

    /// Numbers what has settled; the count, or none when another leader has taken over.
    pub(crate) async fn step(
        &mut self,
        conn: &mut PgConnection,
    ) -> Result<Option<usize>, JournalError> {
        let sql = match self.former {
            Some(former) if former >= self.cursor.0 => include_str!("sql/read_after_restore.sql"),
            _ => include_str!("sql/read_settled.sql"),
        };
        let mut entries = self.entries();
        let mut cursor = self.cursor;
        let mut rows = sqlx::query(sql).bind(cursor.0).bind(cursor.1).bind(BATCH).fetch(&mut *conn);
        while let Some(row) = rows.try_next().await? {
            entries.push(&self.origin, &row)?;
            cursor = (row.try_get("transaction")?, row.try_get("position")?);
        }
        drop(rows);
        self.write(entries, cursor, conn).await
    }

    /// Writes the entries, if there are any, and goes on behind them.
    pub(super) async fn write(
        &mut self,
        entries: Entries,
        cursor: (i64, i64),
        conn: &mut PgConnection,
    ) -> Result<Option<usize>, JournalError> {
        let count = entries.len();
        if count > 0 {
            if !entries.write(self, cursor, conn).await? {
                return Ok(None);
            }
            self.frontier = entries.into_frontier();
            self.cursor = cursor;
        }
        Ok(Some(count))
    }
}
