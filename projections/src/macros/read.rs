//! Queries: by identity, a page, a count.

use domain::kernel::{MacroId, UnitId};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::MacroRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These macros, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[MacroId]) -> Result<Vec<MacroRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("macros", &rows)
}

/// Macros by name, then identity: at most `first` (1 to 100) behind `after`;
/// the retired ones too, if asked for, and of those of units only those of `units`, if given.
pub async fn page(
    pool: &PgPool,
    with_retired: bool,
    units: Option<&[UnitId]>,
    first: i64,
    after: Option<MacroId>,
) -> Result<Vec<MacroRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(with_retired)
        .bind(units.map(ids_of))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("macros", &rows)
}

/// How many macros there are, by the same choice.
pub async fn count(
    pool: &PgPool,
    with_retired: bool,
    units: Option<&[UnitId]>,
) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(with_retired)
        .bind(units.map(ids_of))
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}

fn ids_of(units: &[UnitId]) -> Vec<Uuid> {
    units.iter().map(|unit| unit.0).collect()
}
