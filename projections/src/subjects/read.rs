//! Queries: by identity, a page, a count.

use domain::kernel::SubjectId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::SubjectRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These subjects, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[SubjectId]) -> Result<Vec<SubjectRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("subjects", &rows)
}

/// Subjects by name, then identity: at most `first` (1 to 100) behind `after`; the retired ones too
/// if asked for.
pub async fn page(
    pool: &PgPool,
    with_retired: bool,
    first: i64,
    after: Option<SubjectId>,
) -> Result<Vec<SubjectRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(with_retired)
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("subjects", &rows)
}

/// How many subjects there are; the retired ones too if asked for.
pub async fn count(pool: &PgPool, with_retired: bool) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql")).bind(with_retired).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}
