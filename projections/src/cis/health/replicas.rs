//! What sources know of items: which they know, since when, and what they miss for too long.

use chrono::{DateTime, Utc};
use domain::kernel::CiId;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// An item that a source misses for as long as it waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The item.
    pub ci_id: CiId,
    /// The number of its events.
    pub version: i64,
    /// Since when it is missed.
    pub since: DateTime<Utc>,
}

/// When each source first said something of each of these items, and when it last said something
/// new: items, sources, both instants.
///
/// # Errors
/// The database.
pub async fn known_since(
    pool: &PgPool,
    ids: &[CiId],
) -> Result<Vec<(CiId, String, DateTime<Utc>, DateTime<Utc>)>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let sql = include_str!("sql/known_since.sql");
    let rows = sqlx::query(sql).bind(ids).fetch_all(pool).await?;
    let one = |row: &PgRow| {
        let id = CiId(row.try_get("ci_id")?);
        Ok((id, row.try_get("source")?, row.try_get("first_at")?, row.try_get("last_at")?))
    };
    rows.iter().map(one).collect()
}

/// Active items of whose attributes a source says something, by identity: at most `first` behind
/// `after`.
///
/// # Errors
/// The database.
pub async fn known_by(
    pool: &PgPool,
    source: &str,
    (first, after): (i64, Option<CiId>),
) -> Result<Vec<CiId>, ReadError> {
    let rows = sqlx::query(include_str!("sql/known_by.sql"))
        .bind(source)
        .bind(after.map(|id| id.0))
        .bind(first)
        .fetch_all(pool)
        .await?;
    rows.iter().map(|row| Ok(CiId(row.try_get("ci_id")?))).collect()
}

/// Active items that the source misses since then or longer: at most `first`.
///
/// # Errors
/// The database.
pub async fn due_to_retire(
    pool: &PgPool,
    (source, until): (&str, DateTime<Utc>),
    first: i64,
) -> Result<Vec<Due>, ReadError> {
    let rows = sqlx::query(include_str!("sql/due_to_retire.sql"))
        .bind(source)
        .bind(until)
        .bind(first)
        .fetch_all(pool)
        .await?;
    let one = |row: &PgRow| {
        Ok(Due {
            ci_id: CiId(row.try_get("ci_id")?),
            version: row.try_get("version")?,
            since: row.try_get("since")?,
        })
    };
    rows.iter().map(one).collect()
}
