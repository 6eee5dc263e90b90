//! Queries: pages and counts of grants, exceptions and changes; who has something that is over.

use chrono::{DateTime, Utc};
use domain::kernel::{ExceptionId, GrantId, SubjectAccessId};
use sqlx::postgres::PgArguments;
use sqlx::{Arguments, PgPool, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::change::{ChangePlace, ChangeRow};
use super::filter::{ChangeFilter, ExceptionFilter, GrantFilter};
use super::row::{ExceptionRow, GrantRow, HolderRow};
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These grants, in no order.
///
/// # Errors
/// The database.
pub async fn by_ids(pool: &PgPool, ids: &[GrantId]) -> Result<Vec<GrantRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("access_grants", &rows)
}

/// This exception of this subject.
///
/// # Errors
/// The database.
pub async fn exception(
    pool: &PgPool,
    subject: SubjectAccessId,
    id: ExceptionId,
) -> Result<Option<ExceptionRow>, ReadError> {
    let query = sqlx::query(include_str!("sql/exception.sql")).bind(subject.0).bind(id.0);
    Ok(decode("access_exceptions", &query.fetch_all(pool).await?)?.pop())
}

/// Grants, the newest first: at most `first` (1 to 100) behind the one that was made with the event
/// `after`, of those the filter lets pass.
///
/// # Errors
/// The database.
pub async fn grants(
    pool: &PgPool,
    filter: &GrantFilter,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<GrantRow>, ReadError> {
    let mut sql = start(include_str!("sql/grants.sql"), filter.as_of)?;
    filter.push(&mut sql);
    newest(&mut sql, first, after);
    decode("access_grants", &sql.build().fetch_all(pool).await?)
}

/// How many grants the filter lets pass.
///
/// # Errors
/// The database.
pub async fn grant_count(pool: &PgPool, filter: &GrantFilter) -> Result<i64, ReadError> {
    let mut sql = start(include_str!("sql/count_grants.sql"), filter.as_of)?;
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// Exceptions, likewise.
///
/// # Errors
/// The database.
pub async fn exceptions(
    pool: &PgPool,
    filter: &ExceptionFilter,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<ExceptionRow>, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/exceptions.sql"));
    filter.push(&mut sql);
    newest(&mut sql, first, after);
    decode("access_exceptions", &sql.build().fetch_all(pool).await?)
}

/// How many exceptions the filter lets pass.
///
/// # Errors
/// The database.
pub async fn exception_count(pool: &PgPool, filter: &ExceptionFilter) -> Result<i64, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/count_exceptions.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// Changes in the order of the log: at most `first` (1 to 100) behind `after`, of those the filter
/// lets pass.
///
/// # Errors
/// The database.
pub async fn changes(
    pool: &PgPool,
    filter: &ChangeFilter,
    first: i64,
    after: Option<ChangePlace>,
) -> Result<Vec<ChangeRow>, ReadError> {
    if !filter.is_storable() {
        return Ok(Vec::new());
    }
    let mut sql = QueryBuilder::new(include_str!("sql/changes.sql"));
    filter.push(&mut sql);
    if let Some(after) = after {
        sql.push(" and (g.global_seq, g.part) > (").push_bind(after.global_seq);
        sql.push(", ").push_bind(after.part).push(")");
    }
    sql.push(" order by g.global_seq, g.part limit ").push_bind(page_size(first));
    decode("access_changes", &sql.build().fetch_all(pool).await?)
}

/// How many changes the filter lets pass.
///
/// # Errors
/// The database.
pub async fn change_count(pool: &PgPool, filter: &ChangeFilter) -> Result<i64, ReadError> {
    if !filter.is_storable() {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new(include_str!("sql/count_changes.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// A subject of access; none when it never had a grant.
///
/// # Errors
/// The database.
pub async fn subject(pool: &PgPool, id: SubjectAccessId) -> Result<Option<HolderRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/subject.sql")).bind(id.0).fetch_all(pool).await?;
    Ok(decode("access_subjects", &rows)?.pop())
}

/// At most so many subjects of whom something has come to its end by then and is not written down as
/// over, what ended first coming first.
///
/// # Errors
/// The database.
pub async fn over(
    pool: &PgPool,
    by: DateTime<Utc>,
    most: i64,
) -> Result<Vec<SubjectAccessId>, ReadError> {
    let query = sqlx::query(include_str!("sql/over.sql")).bind(by).bind(most);
    let rows = query.fetch_all(pool).await?;
    let id = |row| Ok(SubjectAccessId(sqlx::Row::try_get::<Uuid, _>(row, "subject_id")?));
    rows.iter().map(id).collect()
}

/// The beginning of a list of grants: of those there are, or of what they were.
fn start(
    list: &'static str,
    as_of: Option<i64>,
) -> Result<QueryBuilder<'static, Postgres>, ReadError> {
    let Some(number) = as_of else { return Ok(QueryBuilder::new(list)) };
    let then = format!("({})", include_str!("sql/then.sql"));
    let mut arguments = PgArguments::default();
    arguments.add(number).map_err(sqlx::Error::Encode)?;
    Ok(QueryBuilder::with_arguments(list.replace("access_grants", &then), arguments))
}

fn newest(sql: &mut QueryBuilder<'static, Postgres>, first: i64, after: Option<i64>) {
    if let Some(after) = after {
        sql.push(" and g.made_seq < ").push_bind(after);
    }
    sql.push(" order by g.made_seq desc limit ").push_bind(page_size(first));
}
