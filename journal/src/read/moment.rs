//! Moments of the log: which event was the last one by an instant, and when an event was recorded.

use chrono::{DateTime, Utc};
use sqlx::{PgExecutor, Row};

use crate::postgres::instant::Instant;

/// The last second of the last year of four digits.
const LAST_SECOND: i64 = 253_402_300_799;

/// The number of the last event that was recorded at or before the instant; 0 before the first one, and
/// of an instant to come that of the last one.
///
/// # Errors
/// The database.
pub async fn number_at(
    database: impl PgExecutor<'_>,
    instant: DateTime<Utc>,
) -> Result<i64, sqlx::Error> {
    // Not every instant can be told to the database; outside of these nothing was recorded.
    let last = DateTime::from_timestamp_secs(LAST_SECOND).unwrap_or(DateTime::<Utc>::MAX_UTC);
    let instant = instant.clamp(DateTime::UNIX_EPOCH, last);
    let row =
        sqlx::query(include_str!("sql/number_at.sql")).bind(instant).fetch_one(database).await?;
    row.try_get("number")
}

/// When the event with this number was recorded; none: there is none.
///
/// # Errors
/// The database.
pub async fn recorded_at(
    database: impl PgExecutor<'_>,
    number: i64,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    let sql = include_str!("sql/recorded_at.sql");
    let row = sqlx::query(sql).bind(number).fetch_optional(database).await?;
    row.map(|row| row.try_get::<Instant, _>("recorded_at").map(|at| at.0)).transpose()
}
