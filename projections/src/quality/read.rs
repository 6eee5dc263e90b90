//! Queries: by ticket, and what is still to be checked.

use domain::kernel::{TicketId, UnitId};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::QualityRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// Of these tickets, those that a sample took, in no order; whoever asks checks who may see what.
pub async fn by_ids(pool: &PgPool, ids: &[TicketId]) -> Result<Vec<QualityRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("quality", &rows)
}

/// Tickets that are still to be checked, those first that were drawn first: work of these units, or
/// all when none are named; at most `first` (1 to 100) behind `after`.
pub async fn due_page(
    pool: &PgPool,
    units: Option<&[UnitId]>,
    first: i64,
    after: Option<TicketId>,
) -> Result<Vec<QualityRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/due_page.sql"))
        .bind(ids(units))
        .bind(after.map(|id| id.0))
        .bind(page_size(first))
        .fetch_all(pool)
        .await?;
    decode("quality", &rows)
}

/// How many tickets are still to be checked: work of these units, or all when none are named.
pub async fn due_count(pool: &PgPool, units: Option<&[UnitId]>) -> Result<i64, ReadError> {
    let query = sqlx::query(include_str!("sql/due_count.sql")).bind(ids(units));
    Ok(query.fetch_one(pool).await?.try_get("count")?)
}

pub(super) fn ids(units: Option<&[UnitId]>) -> Option<Vec<Uuid>> {
    units.map(|units| units.iter().map(|unit| unit.0).collect())
}
