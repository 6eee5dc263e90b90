//! Queries: by identity, and those a person sees.

use domain::kernel::{PersonId, QueueId, UnitId};
use sqlx::PgPool;
use uuid::Uuid;

use super::row::QueueRow;
use crate::error::ReadError;
use crate::read::decode;

/// These queues, in no order, without the removed ones; whoever asks checks who may see them.
pub async fn by_ids(pool: &PgPool, ids: &[QueueId]) -> Result<Vec<QueueRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("queues", &rows)
}

/// A queue, unless it was removed.
pub async fn by_id(pool: &PgPool, id: QueueId) -> Result<Option<QueueRow>, ReadError> {
    Ok(by_ids(pool, &[id]).await?.pop())
}

/// The queues that a member of the staff sees who belongs to these units: their own, those of the
/// units, those of all staff; by name, at most 500.
pub async fn visible(
    pool: &PgPool,
    person: PersonId,
    units: &[UnitId],
) -> Result<Vec<QueueRow>, ReadError> {
    let units: Vec<Uuid> = units.iter().map(|unit| unit.0).collect();
    let rows = sqlx::query(include_str!("sql/visible.sql"))
        .bind(person.0)
        .bind(units)
        .fetch_all(pool)
        .await?;
    decode("queues", &rows)
}
