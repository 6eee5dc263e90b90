//! How far each model is, for people and for readiness.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use strum::{Display, IntoStaticStr};

use crate::error::ReadError;
use crate::model::ReadModel;
use crate::read_models;
use crate::schema::{Lock, live, within};

/// A model's state.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectionStatus {
    /// Its name.
    pub name: String,
    /// The version of its live tables.
    pub version: i32,
    /// The last event in them.
    pub applied_through: i64,
    /// The last event of the log.
    pub head: i64,
    /// Events behind.
    pub lag_events: i64,
    /// Age of the first event it lacks, in seconds; 0 when it lacks none.
    pub lag_seconds: f64,
    /// What it is doing.
    pub state: RunnerState,
    /// Why it halted: a sentence without data.
    pub last_error: Option<String>,
    /// Who has stopped it, when and why.
    pub paused: Option<PausedBy>,
    /// The models it never gets ahead of: while one of them stands, so does it.
    pub behind: &'static [&'static str],
    /// How many streams wait for a decision.
    pub parked: i64,
    /// Since when it is halted, or the oldest of them waits.
    pub failing_since: Option<DateTime<Utc>>,
    /// How many tasks share its streams.
    pub slots: i64,
    /// Events a second, as measured lately.
    pub events_per_second: f64,
}

/// Who has stopped a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PausedBy {
    /// Since when it stands.
    pub at: DateTime<Utc>,
    /// Whoever said so: a person's identity, or the name of a tool.
    pub by: String,
    /// Why.
    pub reason: String,
}

/// What a model is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RunnerState {
    /// Follows the log.
    Running,
    /// Stands at an event it cannot apply, and tries now and then.
    Halted,
    /// Follows the log, while its tables are made anew beside.
    Rebuilding,
    /// Stands because somebody said so.
    Paused,
}

/// The state of all models.
pub async fn status(pool: &PgPool) -> Result<Vec<ProjectionStatus>, ReadError> {
    let mut all = Vec::new();
    for model in read_models() {
        all.extend(one(pool, model.as_ref()).await?);
    }
    Ok(all)
}

async fn one(pool: &PgPool, model: &dyn ReadModel) -> Result<Option<ProjectionStatus>, ReadError> {
    let sql = within(&live(model.name()), include_str!("sql/status.sql"));
    let row = sqlx::query(&sql)
        .bind(model.name())
        .bind(model.is_inline())
        .bind(Lock::Rebuild as i32)
        .fetch_optional(pool)
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (applied_through, head): (i64, i64) =
        (row.try_get("applied_through")?, row.try_get("head")?);
    let last_error: Option<String> = row.try_get("last_error")?;
    let paused = paused_by(&row)?;
    let state = match (row.try_get("rebuilding")?, &paused, &last_error) {
        (true, ..) => RunnerState::Rebuilding,
        (false, Some(_), _) => RunnerState::Paused,
        (false, None, Some(_)) => RunnerState::Halted,
        (false, None, None) => RunnerState::Running,
    };
    Ok(Some(ProjectionStatus {
        name: model.name().to_owned(),
        version: row.try_get("version")?,
        applied_through,
        head,
        lag_events: (head - applied_through).max(0),
        lag_seconds: row.try_get("lag_seconds")?,
        state,
        last_error,
        paused,
        behind: model.behind(),
        parked: row.try_get("parked")?,
        failing_since: row.try_get("failing_since")?,
        slots: row.try_get("slots")?,
        events_per_second: row.try_get("events_per_second")?,
    }))
}

fn paused_by(row: &PgRow) -> Result<Option<PausedBy>, sqlx::Error> {
    let Some(at) = row.try_get("paused_at")? else { return Ok(None) };
    let reason: Option<String> = row.try_get("paused_reason")?;
    let by: Option<String> = row.try_get("paused_by")?;
    Ok(Some(PausedBy { at, by: by.unwrap_or_default(), reason: reason.unwrap_or_default() }))
}
