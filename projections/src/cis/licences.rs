//! How many items use licences, at any time.

use domain::kernel::CiId;
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::at::At;
use crate::error::ReadError;

/// How many active items are licensed by each of these, where any is.
///
/// # Errors
/// The database.
pub async fn licences_used(
    pool: &PgPool,
    ids: &[CiId],
    at: At,
) -> Result<Vec<(CiId, i64)>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(" select r.to_id, count(*) as used from ci_relations r ");
    sql.push("join cis c on c.ci_id = r.from_id where r.relation = 'licensed_by' ");
    sql.push("and c.life = 'ACTIVE' and r.to_id = any(").push_bind(ids).push(") and ");
    at.push_is(&mut sql, "r");
    sql.push(" and ");
    at.push_is(&mut sql, "c");
    sql.push(" group by r.to_id");
    let found = sql.build().fetch_all(pool).await?;
    found.iter().map(|row| Ok((CiId(row.try_get("to_id")?), row.try_get("used")?))).collect()
}
