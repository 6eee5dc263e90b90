//! Queries.

use domain::kernel::TicketId;
use sqlx::PgPool;
use uuid::Uuid;

use super::row::DossierRow;
use crate::error::ReadError;
use crate::read::decode;

/// The dossiers of these tickets, in no order; a ticket without one has none here.
pub async fn by_ids(pool: &PgPool, ids: &[TicketId]) -> Result<Vec<DossierRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("dossiers", &rows)
}
