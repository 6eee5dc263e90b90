//! What differs between two positions of the log: which items, and which of their relations. As many
//! statements as are asked, however much differs.
//!
//! Not how their values differ: that is told by the items as they were at both (`by_ids`).

use domain::kernel::{CiClassId, CiId};
use sqlx::postgres::{PgArguments, PgRow};
use sqlx::query::Query;
use sqlx::{PgPool, Postgres, Row};
use uuid::Uuid;

use crate::error::ReadError;
use crate::read::{page_size, storable};

const DIFFERING: &str = include_str!("sql/differing.sql");
const RELATIONS: &str = include_str!("sql/differing_relations.sql");

/// Two positions of the log, the earlier one first.
pub type Span = (i64, i64);

/// Which items.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DifferenceQuery {
    /// Between when and when.
    pub span: Span,
    /// Of these classes alone.
    pub classes: Option<Vec<CiClassId>>,
    /// At either position of these organisations alone.
    pub organizations: Option<Vec<CiId>>,
    /// How many, 1 to 101; brought within these bounds.
    pub first: i64,
    /// Behind which one: its last event.
    pub after: Option<i64>,
}

/// An item that differs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Differing {
    /// The item.
    pub ci_id: CiId,
    /// Its last event up to the later position: its place in the list.
    pub since_seq: i64,
    /// Whether relations that go out from it differ.
    pub related: bool,
}

/// Which relations, of each of several items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DifferingRelations {
    /// Between when and when.
    pub span: Span,
    /// How many of each item, 1 to 101; brought within these bounds.
    pub first: i64,
    /// Behind which one: its name, and the item it goes to.
    pub after: Option<(String, CiId)>,
}

/// A relation that holds at one of two positions alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DifferingRelation {
    /// Its name.
    pub relation: String,
    /// The item it goes to.
    pub to_id: CiId,
    /// Whether it came; if not, it went.
    pub added: bool,
}

/// The items that differ, those that changed last first.
///
/// # Errors
/// The database.
pub async fn differing(
    pool: &PgPool,
    query: &DifferenceQuery,
) -> Result<Vec<Differing>, ReadError> {
    let found = bound(sqlx::query(DIFFERING), query).bind(page_size(query.first));
    let found = found.persistent(false).fetch_all(pool).await?;
    let one = |row: &PgRow| {
        Ok(Differing {
            ci_id: CiId(row.try_get("ci_id")?),
            since_seq: row.try_get("since_seq")?,
            related: row.try_get("related")?,
        })
    };
    found.iter().map(one).collect()
}

/// How many items differ, wherever a page of them would begin.
///
/// # Errors
/// The database.
pub async fn differing_count(pool: &PgPool, query: &DifferenceQuery) -> Result<i64, ReadError> {
    let whole = DifferenceQuery { after: None, ..query.clone() };
    let sql = counting(DIFFERING);
    let counted = bound(sqlx::query(&sql), &whole).bind(None::<i64>).persistent(false);
    Ok(counted.fetch_one(pool).await?.try_get("count")?)
}

/// The relations of each of these items that differ, each item's by name and by where they go.
///
/// # Errors
/// The database.
pub async fn relations_differing(
    pool: &PgPool,
    ids: &[CiId],
    query: &DifferingRelations,
) -> Result<Vec<(CiId, DifferingRelation)>, ReadError> {
    if query.after.as_ref().is_some_and(|(name, _)| !storable(name)) {
        return Err(ReadError::BadCursor);
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let found = sqlx::query(RELATIONS)
        .bind(ids)
        .bind(query.span.0)
        .bind(query.span.1)
        .bind(query.after.as_ref().map(|(name, _)| name))
        .bind(query.after.as_ref().map(|(_, to)| to.0))
        .bind(page_size(query.first))
        .fetch_all(pool)
        .await?;
    let one = |row: &PgRow| {
        let relation = DifferingRelation {
            relation: row.try_get("relation")?,
            to_id: CiId(row.try_get("to_id")?),
            added: row.try_get("added")?,
        };
        Ok((CiId(row.try_get("item")?), relation))
    };
    found.iter().map(one).collect()
}

/// How many relations of an item differ.
///
/// # Errors
/// The database.
pub async fn relations_differing_count(
    pool: &PgPool,
    id: CiId,
    span: Span,
) -> Result<i64, ReadError> {
    let sql = counting(RELATIONS);
    let counted = sqlx::query(&sql).bind(vec![id.0]).bind(span.0).bind(span.1);
    let counted = counted.bind(None::<String>).bind(None::<Uuid>).bind(None::<i64>);
    Ok(counted.fetch_one(pool).await?.try_get("count")?)
}

type Asked<'q> = Query<'q, Postgres, PgArguments>;

/// The statement with all but how many.
fn bound<'q>(statement: Asked<'q>, query: &DifferenceQuery) -> Asked<'q> {
    let classes: Option<Vec<Uuid>> =
        query.classes.as_ref().map(|all| all.iter().map(|id| id.0).collect());
    let owners: Option<Vec<Uuid>> =
        query.organizations.as_ref().map(|all| all.iter().map(|id| id.0).collect());
    statement
        .bind(query.span.0)
        .bind(query.span.1)
        .bind(query.after.unwrap_or(i64::MAX))
        .bind(classes)
        .bind(owners)
}

/// How many rows a statement would answer.
fn counting(statement: &str) -> String {
    format!(" select count(*) as count from ({statement}) d")
}
