//! One step of the leader.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use crate::error::JournalError;
use crate::leaf::{Hash, LeafInput, leaf};
use crate::merkle::Frontier;

/// Events a step.
const BATCH: i64 = 2_000;

/// What the leader knows between steps.
#[derive(Debug)]
pub(super) struct Leader {
    origin: String,
    epoch: i64,
    frontier: Frontier,
    cursor: (i64, i64),
}

impl Leader {
    /// Raises the epoch, so that whoever led before can write no more.
    pub(super) async fn take_over(conn: &mut PgConnection) -> Result<Self, JournalError> {
        let row = sqlx::query(include_str!("sql/take_over.sql")).fetch_one(conn).await?;
        let size: i64 = row.try_get("tree_size")?;
        let stored: Vec<u8> = row.try_get("frontier")?;
        let frontier = Frontier::from_bytes(size.unsigned_abs(), &stored)
            .map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
        Ok(Self {
            origin: row.try_get("origin")?,
            epoch: row.try_get("epoch")?,
            frontier,
            cursor: (row.try_get("cursor_xid")?, row.try_get("cursor_position")?),
        })
    }

    pub(super) fn head(&self) -> i64 {
        i64::try_from(self.frontier.size()).unwrap_or(i64::MAX)
    }

    /// Numbers what has settled; the count, or none when another leader has taken over.
    pub(super) async fn step(
        &mut self,
        conn: &mut PgConnection,
    ) -> Result<Option<usize>, JournalError> {
        let rows = sqlx::query(include_str!("sql/read_settled.sql"))
            .bind(self.cursor.0)
            .bind(self.cursor.1)
            .bind(BATCH)
            .fetch_all(&mut *conn)
            .await?;
        let Some(last) = rows.last() else { return Ok(Some(0)) };
        let cursor = (last.try_get("transaction")?, last.try_get("position")?);
        let mut frontier = self.frontier.clone();
        let mut entries = Entries::default();
        for (row, number) in rows.iter().zip(self.head() + 1..) {
            frontier.push(entries.push(&self.origin, number, row)?);
        }
        let written = entries.write(self, &frontier, cursor, conn).await?;
        if !written {
            return Ok(None);
        }
        self.frontier = frontier;
        self.cursor = cursor;
        Ok(Some(rows.len()))
    }
}

/// The columns of the log's next rows.
#[derive(Debug, Default)]
struct Entries {
    numbers: Vec<i64>,
    types: Vec<String>,
    ids: Vec<String>,
    sequences: Vec<i64>,
    event_types: Vec<String>,
    recorded: Vec<DateTime<Utc>>,
    leaves: Vec<Vec<u8>>,
}

impl Entries {
    fn push(&mut self, origin: &str, number: i64, row: &PgRow) -> Result<Hash, sqlx::Error> {
        let aggregate_type: String = row.try_get("aggregate_type")?;
        let aggregate_id: String = row.try_get("aggregate_id")?;
        let event_type: String = row.try_get("event_type")?;
        let sequence = row.try_get("sequence")?;
        let recorded_at = row.try_get("recorded_at")?;
        let hash = leaf(
            origin,
            &LeafInput {
                aggregate_type: &aggregate_type,
                aggregate_id: &aggregate_id,
                sequence,
                event_type: &event_type,
                event_version: row.try_get("event_version")?,
                recorded_at,
                salt: row.try_get("salt")?,
                payload: row.try_get("payload")?,
                metadata: row.try_get("metadata")?,
            },
        );
        self.numbers.push(number);
        self.types.push(aggregate_type);
        self.ids.push(aggregate_id);
        self.sequences.push(sequence);
        self.event_types.push(event_type);
        self.recorded.push(recorded_at);
        self.leaves.push(hash.to_vec());
        Ok(hash)
    }

    async fn write(
        &self,
        leader: &Leader,
        frontier: &Frontier,
        cursor: (i64, i64),
        conn: &mut PgConnection,
    ) -> Result<bool, sqlx::Error> {
        let written = sqlx::query(include_str!("sql/write_log.sql"))
            .bind(i64::try_from(frontier.size()).unwrap_or(i64::MAX))
            .bind(frontier.to_bytes())
            .bind(cursor.0)
            .bind(cursor.1)
            .bind(leader.epoch)
            .bind(leader.head())
            .bind(&self.numbers)
            .bind(&self.types)
            .bind(&self.ids)
            .bind(&self.sequences)
            .bind(&self.event_types)
            .bind(&self.recorded)
            .bind(&self.leaves)
            .fetch_optional(conn)
            .await?;
        Ok(written.is_some())
    }
}
