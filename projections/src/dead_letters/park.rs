//! Putting a stream aside, and knowing which are.

use std::collections::{BTreeSet, HashMap};

use journal::read::LogEntry;
use sqlx::{PgConnection, Row};

use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};

/// Streams that may wait before the model halts: then it is not they who are at fault.
const MANY: usize = 1_000;

/// What is not applied to a model, though it is its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Waiting {
    /// Type and identity of streams that wait, each from an event on, with all that comes.
    streams: HashMap<(String, String), i64>,
    /// Events that somebody has left out for good.
    left_out: BTreeSet<i64>,
}

impl Waiting {
    /// As it stands in the database.
    pub(crate) async fn load(conn: &mut PgConnection, model: &str) -> Result<Self, sqlx::Error> {
        let rows = sqlx::query(include_str!("sql/waiting.sql")).bind(model).fetch_all(conn).await?;
        let mut waiting = Self::default();
        for row in rows {
            if row.try_get("left_out")? {
                waiting.left_out.insert(row.try_get("global_seq")?);
            } else {
                let stream = (row.try_get("aggregate_type")?, row.try_get("aggregate_id")?);
                waiting.streams.insert(stream, row.try_get("global_seq")?);
            }
        }
        Ok(waiting)
    }

    /// Whether the event is not applied for now, or not at all.
    pub(crate) fn holds(&self, entry: &LogEntry) -> bool {
        self.left_out.contains(&entry.global_seq) || self.waits(entry)
    }

    fn waits(&self, entry: &LogEntry) -> bool {
        // Hardly ever does one wait: then nothing is copied.
        !self.streams.is_empty()
            && self
                .streams
                .get(&(entry.aggregate_type.clone(), entry.aggregate_id.clone()))
                .is_some_and(|from| entry.global_seq >= *from)
    }

    /// Whether somebody has left the event out for good.
    pub(super) fn is_left_out(&self, global_seq: i64) -> bool {
        self.left_out.contains(&global_seq)
    }

    /// Whether no more streams may wait.
    pub(crate) fn is_full(&self) -> bool {
        self.streams.len() >= MANY
    }

    /// The event's stream waits from now on.
    pub(crate) fn add(&mut self, entry: &LogEntry) {
        let stream = (entry.aggregate_type.clone(), entry.aggregate_id.clone());
        self.streams.entry(stream).or_insert(entry.global_seq);
    }
}

/// Notes that the event's stream waits. False, and nothing noted, when `progress` is not as `step`
/// says. A stream that waits already goes on waiting.
pub(crate) async fn park(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    entry: &LogEntry,
    error: &str,
    step: Step,
) -> Result<bool, ProjectionError> {
    let row = sqlx::query(include_str!("sql/park.sql"))
        .bind(step.from)
        .bind(step.epoch)
        .bind(model.name())
        .bind(model.version())
        .bind(&entry.aggregate_type)
        .bind(&entry.aggregate_id)
        .bind(entry.global_seq)
        .bind(error)
        .fetch_optional(conn)
        .await?;
    Ok(row.is_some())
}
