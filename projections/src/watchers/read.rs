//! Queries.

use domain::kernel::TicketId;
use sqlx::PgPool;
use uuid::Uuid;

use super::WatchersRow;
use crate::error::ReadError;
use crate::read::decode;

/// Who watches these tickets, in no order; one that nobody ever watched is not here.
pub async fn by_ids(pool: &PgPool, ids: &[TicketId]) -> Result<Vec<WatchersRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("watchers", &rows)
}
