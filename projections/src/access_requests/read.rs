//! Queries: by identity, a page, a count, those of which time asks for something.

use chrono::{DateTime, Utc};
use domain::kernel::AccessRequestId;
use sqlx::{PgPool, QueryBuilder, Row};
use uuid::Uuid;

use super::filter::RequestFilter;
use super::row::RequestRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These requests, in no order.
///
/// # Errors
/// The database.
pub async fn by_ids(pool: &PgPool, ids: &[AccessRequestId]) -> Result<Vec<RequestRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("access_requests", &rows)
}

/// Requests, the newest first: at most `first` (1 to 100) behind the one that began with the event
/// `after`, of those the filter lets pass.
///
/// # Errors
/// The database.
pub async fn page(
    pool: &PgPool,
    filter: &RequestFilter,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<RequestRow>, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/select.sql"));
    filter.push(&mut sql);
    if let Some(after) = after {
        sql.push(" and r.submitted_seq < ").push_bind(after);
    }
    sql.push(" order by r.submitted_seq desc limit ").push_bind(page_size(first));
    decode("access_requests", &sql.build().fetch_all(pool).await?)
}

/// How many requests the filter lets pass.
///
/// # Errors
/// The database.
pub async fn count(pool: &PgPool, filter: &RequestFilter) -> Result<i64, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/count.sql"));
    filter.push(&mut sql);
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// At most so many requests of which time asks for something by then, the longest overdue first.
///
/// # Errors
/// The database.
pub async fn due(
    pool: &PgPool,
    by: DateTime<Utc>,
    most: i64,
) -> Result<Vec<RequestRow>, ReadError> {
    let query = sqlx::query(include_str!("sql/due.sql")).bind(by).bind(most);
    decode("access_requests", &query.fetch_all(pool).await?)
}
