//! Queries: by identity, a page, a count, the positions there are.

use domain::kernel::PersonId;
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::columns;
use super::filter::PersonFilter;
use super::row::PersonRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These people, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[PersonId]) -> Result<Vec<PersonRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    columns::decode(&rows)
}

/// People by name, then identity: at most `first` (1 to 100) behind `after`, of those the filter
/// lets pass.
pub async fn page(
    pool: &PgPool,
    filter: &PersonFilter,
    first: i64,
    after: Option<PersonId>,
) -> Result<Vec<PersonRow>, ReadError> {
    if !filter.is_storable() {
        return Ok(Vec::new());
    }
    let mut sql = QueryBuilder::new(include_str!("sql/select.sql"));
    filter.push(&mut sql);
    if let Some(after) = after {
        let place = "(select a.name, a.person_id from people a where a.person_id = ";
        sql.push(" and (p.name, p.person_id) > ").push(place).push_bind(after.0).push(")");
    }
    sql.push(" order by p.name, p.person_id limit ").push_bind(page_size(first));
    decode("people", &sql.build().fetch_all(pool).await?)
}

/// How many people the filter lets pass.
pub async fn count(pool: &PgPool, filter: &PersonFilter) -> Result<i64, ReadError> {
    if !filter.is_storable() {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new(include_str!("sql/count.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// The positions of staff who have not left, by name, each with how many have it; at most 500.
pub async fn job_positions(pool: &PgPool) -> Result<Vec<(String, i64)>, ReadError> {
    let rows = sqlx::query(include_str!("sql/job_positions.sql")).fetch_all(pool).await?;
    rows.iter().map(|row| Ok((row.try_get("position")?, row.try_get("count")?))).collect()
}
