//! Queries: by identity, a page, a count.

use domain::kernel::SubjectId;
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::filter::SubjectFilter;
use super::row::SubjectRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These subjects, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[SubjectId]) -> Result<Vec<SubjectRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("subjects", &rows)
}

/// Subjects by name, then identity: at most `first` (1 to 100) behind `after`, of those the filter
/// lets pass.
pub async fn page(
    pool: &PgPool,
    filter: &SubjectFilter,
    first: i64,
    after: Option<SubjectId>,
) -> Result<Vec<SubjectRow>, ReadError> {
    if !filter.is_storable() {
        return Ok(Vec::new());
    }
    let mut sql = QueryBuilder::new(include_str!("sql/select.sql"));
    filter.push(&mut sql);
    if let Some(after) = after {
        let place = "(select a.name, a.subject_id from subjects a where a.subject_id = ";
        sql.push(" and (s.name, s.subject_id) > ").push(place).push_bind(after.0).push(")");
    }
    sql.push(" order by s.name, s.subject_id limit ").push_bind(page_size(first));
    decode("subjects", &sql.build().fetch_all(pool).await?)
}

/// How many subjects the filter lets pass.
pub async fn count(pool: &PgPool, filter: &SubjectFilter) -> Result<i64, ReadError> {
    if !filter.is_storable() {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new(include_str!("sql/count.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}
