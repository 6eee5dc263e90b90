//! A rebuild's row.

use chrono::{DateTime, Utc};
use sqlx::Row;
use sqlx::postgres::PgRow;
use strum::{Display, EnumString, IntoStaticStr};
use uuid::Uuid;

use super::NONE;
use super::marks::Marks;

/// Where a job is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum JobState {
    /// Somebody wants it, nobody has begun.
    Requested,
    /// Under way, or interrupted: whoever finds that nobody works on it goes on.
    Running,
    /// Somebody wanted no more of it; it can be resumed.
    Cancelled,
    /// It came to an error; it can be resumed.
    Failed,
    /// The new tables are live.
    Done,
    /// The tables that it replaced are live again.
    RolledBack,
}

/// A rebuild as its row tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// Its identity.
    pub id: Uuid,
    /// The model.
    pub projection: String,
    /// Of the tables it makes.
    pub version: i32,
    /// Where it is.
    pub state: JobState,
    /// How many fill side by side.
    pub workers: usize,
    /// The number of the log up to which old and new are compared; none before it began.
    pub boundary: Option<i64>,
    /// Events done.
    pub done: i64,
    /// Of how many, as far as is known.
    pub total: i64,
    /// Events a second.
    pub rate: f64,
    /// Of the tables it replaces; `none` when they cannot be compared.
    pub digest_before: Option<String>,
    /// Of its own, made from the same events.
    pub digest_after: Option<String>,
    /// Rows it had right before the swap.
    pub rows: Option<i64>,
    /// What was odd: sentences without data.
    pub note: Option<String>,
    /// Why it failed: a sentence without data.
    pub error: Option<String>,
    /// For people.
    pub requested_by: String,
    /// When somebody asked for it.
    pub requested_at: DateTime<Utc>,
    /// When it first began.
    pub started_at: Option<DateTime<Utc>>,
    /// When it last said something.
    pub updated_at: DateTime<Utc>,
    /// When it ended.
    pub finished_at: Option<DateTime<Utc>>,
    /// How often somebody began to work on it.
    pub(super) attempt: i32,
    /// Up to where old and new are compared.
    pub(super) marks: Option<Marks>,
    /// All streams up to this identity are filled.
    pub(super) filled_to: Option<String>,
}

impl Job {
    /// Whether nothing will come any more, unless somebody resumes it.
    pub fn is_over(&self) -> bool {
        !matches!(self.state, JobState::Requested | JobState::Running)
    }

    /// Seconds left at this rate; none while it is unknown.
    pub fn eta_seconds(&self) -> Option<i64> {
        let left = self.total.saturating_sub(self.done).max(0);
        #[expect(clippy::cast_precision_loss, reason = "an estimate")]
        let seconds = left as f64 / self.rate;
        #[expect(clippy::cast_possible_truncation, reason = "saturates")]
        (self.rate > 0.0 && !self.is_over()).then_some(seconds.ceil() as i64)
    }

    /// Whether the tables it replaced were right; none: not known, or nothing to compare.
    pub fn equal(&self) -> Option<bool> {
        let before = self.digest_before.as_ref().filter(|digest| *digest != NONE)?;
        self.digest_after.as_ref().map(|after| after == before)
    }

    /// The epoch of a slot of the tables it fills. Leases have positive ones; -1 is of tables that
    /// were replaced.
    pub(super) fn epoch(&self, slot: usize) -> i64 {
        let slot = i64::try_from(slot).unwrap_or(i64::MAX);
        -2 - i64::from(self.attempt) * 100 - slot
    }

    pub(super) fn of(row: &PgRow) -> Result<Self, sqlx::Error> {
        let state: &str = row.try_get("state")?;
        let workers: i16 = row.try_get("workers")?;
        let marks = Marks::stored(row.try_get("marks")?);
        Ok(Self {
            id: row.try_get("id")?,
            projection: row.try_get("projection")?,
            version: row.try_get("version")?,
            state: state.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?,
            workers: usize::try_from(workers).unwrap_or(1),
            boundary: marks.as_ref().map(Marks::most),
            done: row.try_get("done")?,
            total: row.try_get("total")?,
            rate: row.try_get("rate")?,
            digest_before: row.try_get("digest_before")?,
            digest_after: row.try_get("digest_after")?,
            rows: row.try_get("rows")?,
            note: row.try_get("note")?,
            error: row.try_get("error")?,
            requested_by: row.try_get("requested_by")?,
            requested_at: row.try_get("requested_at")?,
            started_at: row.try_get("started_at")?,
            updated_at: row.try_get("updated_at")?,
            finished_at: row.try_get("finished_at")?,
            attempt: row.try_get("attempt")?,
            marks,
            filled_to: row.try_get("filled_to")?,
        })
    }
}
