//! Queries: by identity, a page, a count, and what there is to carry out.

use domain::kernel::ErasureId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::ErasureRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[ErasureId]) -> Result<Vec<ErasureRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("erasures", &rows)
}

/// All of them, the newest first: at most `first` (1 to 100) behind `after`.
pub async fn page(
    pool: &PgPool,
    first: i64,
    after: Option<ErasureId>,
) -> Result<Vec<ErasureRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("erasures", &rows)
}

/// How many there are.
pub async fn count(pool: &PgPool) -> Result<i64, ReadError> {
    Ok(sqlx::query(include_str!("sql/count.sql")).fetch_one(pool).await?.try_get("count")?)
}

/// What was approved and is not certified yet, the oldest first: at most `most`.
pub async fn due(pool: &PgPool, most: i64) -> Result<Vec<ErasureRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/due.sql")).bind(most).fetch_all(pool).await?;
    decode("erasures", &rows)
}
