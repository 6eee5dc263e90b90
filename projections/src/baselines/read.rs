//! Queries: by identity, a page, a count.

use domain::kernel::BaselineId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::BaselineRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// Whether those that are withdrawn are meant, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Withdrawn {
    /// They are not.
    Without,
    /// They are.
    With,
}

/// These baselines, in no order, withdrawn ones among them.
///
/// # Errors
/// The database.
pub async fn by_ids(pool: &PgPool, ids: &[BaselineId]) -> Result<Vec<BaselineRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("baselines", &rows)
}

/// Baselines, the latest moment first: at most `first` (1 to 100) behind `after`.
///
/// # Errors
/// The database.
pub async fn page(
    pool: &PgPool,
    withdrawn: Withdrawn,
    first: i64,
    after: Option<BaselineId>,
) -> Result<Vec<BaselineRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .bind(withdrawn == Withdrawn::With)
        .fetch_all(pool)
        .await?;
    decode("baselines", &rows)
}

/// How many baselines there are.
///
/// # Errors
/// The database.
pub async fn count(pool: &PgPool, withdrawn: Withdrawn) -> Result<i64, ReadError> {
    let query = sqlx::query(include_str!("sql/count.sql")).bind(withdrawn == Withdrawn::With);
    Ok(query.fetch_one(pool).await?.try_get("count")?)
}
