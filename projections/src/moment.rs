//! Moments of the log: which position an instant is.

use chrono::{DateTime, Datelike, Utc};
use sqlx::{PgPool, Row};

use crate::error::ReadError;

/// The number of the last event that was recorded at or before the instant; 0 before the first one.
///
/// # Errors
/// The database; an instant that no calendar of the house has.
pub async fn position_at(pool: &PgPool, instant: DateTime<Utc>) -> Result<i64, ReadError> {
    if !(0..=9_999).contains(&instant.year()) {
        return Err(ReadError::BadFilter("an instant has a year of four digits"));
    }
    let sql = include_str!("sql/position_at.sql");
    Ok(sqlx::query(sql).bind(instant).fetch_one(pool).await?.try_get("position")?)
}
