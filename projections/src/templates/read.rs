//! Queries: by identity, a page, a count.

use domain::kernel::TemplateId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::TemplateRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These templates, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[TemplateId]) -> Result<Vec<TemplateRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("templates", &rows)
}

/// Templates by name, then identity: at most `first` (1 to 100) behind `after`;
/// the retired ones too, and only those clients may use, if asked for.
pub async fn page(
    pool: &PgPool,
    with_retired: bool,
    for_clients: bool,
    first: i64,
    after: Option<TemplateId>,
) -> Result<Vec<TemplateRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(with_retired)
        .bind(for_clients)
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("templates", &rows)
}

/// How many templates there are, by the same choice.
pub async fn count(pool: &PgPool, with_retired: bool, for_clients: bool) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(with_retired)
        .bind(for_clients)
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}
