//! The log's next rows, hashed as they are read: payloads are let go at once, so that a step's
//! memory does not grow with the size of texts.

use chrono::{DateTime, Utc};
use sqlx::PgConnection;
use sqlx::postgres::PgRow;

use super::step::Leader;
use crate::leaf::{LeafInput, leaf};
use crate::merkle::Frontier;

/// The columns of the rows, and the tree with them.
#[derive(Debug)]
pub(super) struct Entries {
    frontier: Frontier,
    numbers: Vec<i64>,
    types: Vec<String>,
    ids: Vec<String>,
    sequences: Vec<i64>,
    event_types: Vec<String>,
    recorded: Vec<DateTime<Utc>>,
    leaves: Vec<Vec<u8>>,
}

impl Entries {
    /// Behind this tree.
    pub(super) fn after(frontier: Frontier) -> Self {
        Self {
            frontier,
            numbers: Vec::new(),
            types: Vec::new(),
            ids: Vec::new(),
            sequences: Vec::new(),
            event_types: Vec::new(),
            recorded: Vec::new(),
            leaves: Vec::new(),
        }
    }

    pub(super) fn len(&self) -> usize {
        self.numbers.len()
    }

    /// The tree with all of them.
    pub(super) fn into_frontier(self) -> Frontier {
        self.frontier
    }

    /// The next event, with the columns of a read.
    pub(super) fn push(&mut self, origin: &str, row: &PgRow) -> Result<(), sqlx::Error> {
        let event = LeafInput::of(row)?;
        let hash = leaf(origin, &event);
        self.frontier.push(hash);
        self.numbers.push(size(&self.frontier));
        self.types.push(event.aggregate_type.to_owned());
        self.ids.push(event.aggregate_id.to_owned());
        self.sequences.push(event.sequence);
        self.event_types.push(event.event_type.to_owned());
        self.recorded.push(event.recorded_at);
        self.leaves.push(hash.to_vec());
        Ok(())
    }

    /// Whether they were written: not when another leader has taken over.
    pub(super) async fn write(
        &self,
        leader: &Leader,
        cursor: (i64, i64),
        conn: &mut PgConnection,
    ) -> Result<bool, sqlx::Error> {
        let written = sqlx::query(include_str!("sql/write_log.sql"))
            .bind(size(&self.frontier))
            .bind(self.frontier.to_bytes())
            .bind(cursor.0)
            .bind(cursor.1)
            .bind(leader.epoch())
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

/// The number of the tree's last event.
pub(super) fn size(frontier: &Frontier) -> i64 {
    i64::try_from(frontier.size()).unwrap_or(i64::MAX)
}
