//! Queries.

use domain::kernel::{CiId, TicketId};
use sqlx::{PgConnection, PgPool, Row};
use uuid::Uuid;

use super::context;
use super::row::{ImpactRow, ItemRow, Role};
use crate::error::ReadError;
use crate::read::decode;

/// Which items of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemFilter {
    /// Whose.
    pub ticket: TicketId,
    /// In which role; none: in any.
    pub role: Option<Role>,
}

/// A page of a ticket's items: those named by hand first, then the nearest. `after` is the last one
/// of the page before.
///
/// # Errors
/// The database.
pub async fn page(
    pool: &PgPool,
    filter: ItemFilter,
    after: Option<&ItemRow>,
    first: i64,
) -> Result<Vec<ItemRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(filter.ticket.0)
        .bind(filter.role.map(|role| role.to_string()))
        .bind(after.map(|row| row.depth))
        .bind(after.map(|row| row.ci_id.0))
        .bind(first)
        .fetch_all(pool)
        .await?;
    decode("ticket_items", &rows)
}

/// How many items a ticket has.
///
/// # Errors
/// The database.
pub async fn count(pool: &PgPool, filter: ItemFilter) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(filter.ticket.0)
        .bind(filter.role.map(|role| role.to_string()))
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}

/// What was computed last for these tickets, in no order.
///
/// # Errors
/// The database.
pub async fn impacts(pool: &PgPool, ids: &[TicketId]) -> Result<Vec<ImpactRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/impacts.sql")).bind(ids).fetch_all(pool).await?;
    decode("ticket_impacts", &rows)
}

/// The items of these tickets in these roles, in no order.
///
/// # Errors
/// The database.
pub async fn named(
    pool: &PgPool,
    ids: &[TicketId],
    roles: &[Role],
) -> Result<Vec<ItemRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
    let rows =
        sqlx::query(include_str!("sql/named.sql")).bind(ids).bind(roles).fetch_all(pool).await?;
    decode("ticket_items", &rows)
}

/// The tickets that these items have to do with, whichever way, the newest first, at most so many
/// of each item. With `open`, those that are open, or are not.
///
/// # Errors
/// The database.
pub async fn tickets_of(
    pool: &PgPool,
    items: &[CiId],
    open: Option<bool>,
    most: i64,
) -> Result<Vec<ItemRow>, ReadError> {
    let ids: Vec<Uuid> = items.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/tickets_of.sql"))
        .bind(ids)
        .bind(open)
        .bind(most)
        .fetch_all(pool)
        .await?;
    decode("ticket_items", &rows)
}

/// Up to which number of the log everything that a computation asks is shown.
///
/// # Errors
/// The database; one of the models is not there.
pub async fn position(conn: &mut PgConnection) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/position.sql")).fetch_one(conn).await?;
    Ok(row.try_get::<Option<i64>, _>("number")?.unwrap_or(0))
}

/// What other open incidents than this say has failed, as it was at this number.
///
/// # Errors
/// The database.
pub async fn failed_besides(
    conn: &mut PgConnection,
    ticket: TicketId,
    position: i64,
) -> Result<std::collections::BTreeSet<CiId>, ReadError> {
    Ok(context::of_others(context::failures(conn, position).await?, ticket))
}
