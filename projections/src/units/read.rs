//! Queries: by identity, by those who belong to them, a page, a count.

use domain::kernel::{PersonId, UnitId};
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::filter::UnitFilter;
use super::row::UnitRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These units, in no order.
pub async fn by_ids(pool: &PgPool, ids: &[UnitId]) -> Result<Vec<UnitRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("units", &rows)
}

/// Units by name, then identity: at most `first` (1 to 100) behind `after`, of those the filter
/// lets pass.
pub async fn page(
    pool: &PgPool,
    filter: &UnitFilter,
    first: i64,
    after: Option<UnitId>,
) -> Result<Vec<UnitRow>, ReadError> {
    if !filter.is_storable() {
        return Ok(Vec::new());
    }
    let mut sql = QueryBuilder::new(include_str!("sql/select.sql"));
    filter.push(&mut sql);
    if let Some(after) = after {
        let place = "(select a.name, a.unit_id from units a where a.unit_id = ";
        sql.push(" and (u.name, u.unit_id) > ").push(place).push_bind(after.0).push(")");
    }
    sql.push(" order by u.name, u.unit_id limit ").push_bind(page_size(first));
    decode("units", &sql.build().fetch_all(pool).await?)
}

/// How many units the filter lets pass.
pub async fn count(pool: &PgPool, filter: &UnitFilter) -> Result<i64, ReadError> {
    if !filter.is_storable() {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new(include_str!("sql/count.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// The units each of these people belongs to, by name: pairs of person and unit.
pub async fn of_people(
    pool: &PgPool,
    people: &[PersonId],
) -> Result<Vec<(PersonId, UnitRow)>, ReadError> {
    let people: Vec<Uuid> = people.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/of_people.sql")).bind(people).fetch_all(pool).await?;
    let units: Vec<UnitRow> = decode("units", &rows)?;
    rows.iter()
        .zip(units)
        .map(|(row, unit)| Ok((PersonId(row.try_get("person_id")?), unit)))
        .collect()
}
