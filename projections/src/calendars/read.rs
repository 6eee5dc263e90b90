//! Queries: by identity, a page, a count.

use domain::kernel::CalendarId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::CalendarRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These calendars, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[CalendarId]) -> Result<Vec<CalendarRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("calendars", &rows)
}

/// Calendars by name, then identity: at most `first` (1 to 100) behind `after`.
pub async fn page(
    pool: &PgPool,
    first: i64,
    after: Option<CalendarId>,
) -> Result<Vec<CalendarRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("calendars", &rows)
}

/// How many calendars there are.
pub async fn count(pool: &PgPool) -> Result<i64, ReadError> {
    Ok(sqlx::query(include_str!("sql/count.sql")).fetch_one(pool).await?.try_get("count")?)
}
