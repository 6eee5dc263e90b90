//! Queries: by identity, a page, all, a count.

use domain::kernel::SyncSourceId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::SyncSourceRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// How many sources are told of at once, of those with the lowest ranks.
const ALL_MAX: i64 = 1_000;

/// These sources, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[SyncSourceId]) -> Result<Vec<SyncSourceRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("sync_sources", &rows)
}

/// Sources by name, then identity: at most `first` (1 to 100) behind `after`.
pub async fn page(
    pool: &PgPool,
    first: i64,
    after: Option<SyncSourceId>,
) -> Result<Vec<SyncSourceRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("sync_sources", &rows)
}

/// All sources by rank, at most 1,000.
pub async fn all(pool: &PgPool) -> Result<Vec<SyncSourceRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/all.sql")).bind(ALL_MAX).fetch_all(pool).await?;
    decode("sync_sources", &rows)
}

/// How many sources there are.
pub async fn count(pool: &PgPool) -> Result<i64, ReadError> {
    Ok(sqlx::query(include_str!("sql/count.sql")).fetch_one(pool).await?.try_get("count")?)
}
