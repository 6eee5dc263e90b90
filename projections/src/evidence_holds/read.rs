//! Queries: by identity, a page, a count.

use domain::kernel::EvidenceHoldId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::HoldRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[EvidenceHoldId]) -> Result<Vec<HoldRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("evidence_holds", &rows)
}

/// All of them, the newest first: at most `first` (1 to 100) behind `after`.
pub async fn page(
    pool: &PgPool,
    first: i64,
    after: Option<EvidenceHoldId>,
) -> Result<Vec<HoldRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("evidence_holds", &rows)
}

/// How many there are.
pub async fn count(pool: &PgPool) -> Result<i64, ReadError> {
    Ok(sqlx::query(include_str!("sql/count.sql")).fetch_one(pool).await?.try_get("count")?)
}
