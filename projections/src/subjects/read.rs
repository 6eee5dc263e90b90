//! Queries.

use domain::kernel::SubjectId;
use sqlx::PgPool;
use uuid::Uuid;

use super::row::SubjectRow;
use crate::error::ReadError;
use crate::read::decode;

/// These subjects, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[SubjectId]) -> Result<Vec<SubjectRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("subjects", &rows)
}
