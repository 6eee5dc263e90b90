//! Queries: by identity, a page, a count, those that run.

use domain::kernel::RecurrenceId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::RecurrenceRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These recurrences, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[RecurrenceId]) -> Result<Vec<RecurrenceRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("recurrences", &rows)
}

/// Recurrences by name, then identity: at most `first` (1 to 100) behind `after`.
pub async fn page(
    pool: &PgPool,
    first: i64,
    after: Option<RecurrenceId>,
) -> Result<Vec<RecurrenceRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("recurrences", &rows)
}

/// How many recurrences there are.
pub async fn count(pool: &PgPool) -> Result<i64, ReadError> {
    Ok(sqlx::query(include_str!("sql/count.sql")).fetch_one(pool).await?.try_get("count")?)
}

/// All recurrences that are not stopped. A desk has a few dozen.
pub async fn running(pool: &PgPool) -> Result<Vec<RecurrenceRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/running.sql")).fetch_all(pool).await?;
    decode("recurrences", &rows)
}
