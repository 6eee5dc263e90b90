//! Queries: by identity, a page, a count.

use domain::kernel::FieldId;
use domain::ticket::TicketKind;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::CustomFieldRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// Which fields: those to whom all of it applies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct FieldFilter {
    /// The retired ones too.
    pub with_retired: bool,
    /// Only those clients see.
    pub for_clients: bool,
    /// Only those that tickets of this kind have.
    pub kind: Option<TicketKind>,
}

/// These fields, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[FieldId]) -> Result<Vec<CustomFieldRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("custom_fields", &rows)
}

/// Fields by name, then identity: at most `first` (1 to 100) behind `after`,
/// of those the filter lets pass.
pub async fn page(
    pool: &PgPool,
    filter: FieldFilter,
    first: i64,
    after: Option<FieldId>,
) -> Result<Vec<CustomFieldRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(filter.with_retired)
        .bind(filter.for_clients)
        .bind(filter.kind.map(|kind| kind.to_string()))
        .bind(page_size(first))
        .bind(after.map(|id| id.0))
        .fetch_all(pool)
        .await?;
    decode("custom_fields", &rows)
}

/// How many fields there are, by the same choice.
pub async fn count(pool: &PgPool, filter: FieldFilter) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(filter.with_retired)
        .bind(filter.for_clients)
        .bind(filter.kind.map(|kind| kind.to_string()))
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}
