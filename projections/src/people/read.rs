//! Queries: by identity, a page, a count.

use domain::kernel::PersonId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::PersonRow;
use crate::error::ReadError;
use crate::read::{containing, decode, page_size, storable};

/// These people, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[PersonId]) -> Result<Vec<PersonRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("people", &rows)
}

/// People by name, then identity: at most `first` (1 to 100) behind `after`, of those with `search`
/// in their name, login, e-mail address or telephone number, whatever its case.
pub async fn page(
    pool: &PgPool,
    search: Option<&str>,
    first: i64,
    after: Option<PersonId>,
) -> Result<Vec<PersonRow>, ReadError> {
    if !search.is_none_or(storable) {
        return Ok(Vec::new());
    }
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(search.map(containing))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("people", &rows)
}

/// How many people the search finds.
pub async fn count(pool: &PgPool, search: Option<&str>) -> Result<i64, ReadError> {
    if !search.is_none_or(storable) {
        return Ok(0);
    }
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(search.map(containing))
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}
