//! Queries.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};
use std::str::FromStr;

use domain::kernel::{CiClassId, CiId, TicketId};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, PgPool, Row};
use uuid::Uuid;

use super::context;
use super::row::{ImpactRow, ItemRow, Role};
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// Which items of tickets.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct ItemFilter {
    /// In which role; none: in any.
    pub role: Option<Role>,
    /// Of which classes; none: of any.
    pub classes: Option<Vec<CiClassId>>,
}

/// The place of an item among those of its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ItemPlace {
    depth: i16,
    ci_id: CiId,
}

impl ItemRow {
    /// Its place.
    pub fn place(&self) -> ItemPlace {
        ItemPlace { depth: self.depth, ci_id: self.ci_id }
    }
}

impl Display for ItemPlace {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.depth, self.ci_id)
    }
}

impl FromStr for ItemPlace {
    type Err = ReadError;

    fn from_str(text: &str) -> Result<Self, ReadError> {
        let (depth, id) = text.split_once(':').ok_or(ReadError::BadCursor)?;
        let depth = depth.parse().map_err(|_| ReadError::BadCursor)?;
        let id = Uuid::parse_str(id).map_err(|_| ReadError::BadCursor)?;
        Ok(Self { depth, ci_id: CiId(id) })
    }
}

/// A page of the items of each of these tickets, at most `first` (1 to 101) behind `after`: each
/// ticket's together, those named by hand first, then the nearest.
///
/// # Errors
/// The database.
pub async fn page(
    pool: &PgPool,
    tickets: &[TicketId],
    filter: &ItemFilter,
    after: Option<ItemPlace>,
    first: i64,
) -> Result<Vec<ItemRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(uuids(tickets))
        .bind(filter.role.map(|role| role.to_string()))
        .bind(filter.class_ids())
        .bind(after.map(|place| place.depth))
        .bind(after.map(|place| place.ci_id.0))
        .bind(page_size(first))
        .fetch_all(pool)
        .await?;
    decode("ticket_items", &rows)
}

/// How many items each of these tickets has; those that have none are left out.
///
/// # Errors
/// The database.
pub async fn counts(
    pool: &PgPool,
    tickets: &[TicketId],
    filter: &ItemFilter,
) -> Result<Vec<(TicketId, i64)>, ReadError> {
    let rows = sqlx::query(include_str!("sql/counts.sql"))
        .bind(uuids(tickets))
        .bind(filter.role.map(|role| role.to_string()))
        .bind(filter.class_ids())
        .fetch_all(pool)
        .await?;
    let count = |row: &PgRow| Ok((TicketId(row.try_get("ticket_id")?), row.try_get("count")?));
    rows.iter().map(count).collect()
}

impl ItemFilter {
    fn class_ids(&self) -> Option<Vec<Uuid>> {
        self.classes.as_ref().map(|classes| classes.iter().map(|id| id.0).collect())
    }
}

/// What was computed last for these tickets, in no order.
///
/// # Errors
/// The database.
pub async fn impacts(pool: &PgPool, ids: &[TicketId]) -> Result<Vec<ImpactRow>, ReadError> {
    let rows =
        sqlx::query(include_str!("sql/impacts.sql")).bind(uuids(ids)).fetch_all(pool).await?;
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
    let roles: Vec<String> = roles.iter().map(ToString::to_string).collect();
    let rows = sqlx::query(include_str!("sql/named.sql"))
        .bind(uuids(ids))
        .bind(roles)
        .fetch_all(pool)
        .await?;
    decode("ticket_items", &rows)
}

/// The services that items of these tickets provide which failed or fall, by these relations: each
/// ticket's in the order of identities, at most so many.
///
/// # Errors
/// The database.
pub async fn services_of(
    pool: &PgPool,
    tickets: &[TicketId],
    relations: &[String],
    most: i64,
) -> Result<Vec<(TicketId, CiId)>, ReadError> {
    let rows = sqlx::query(include_str!("sql/services.sql"))
        .bind(uuids(tickets))
        .bind(relations)
        .bind(most)
        .fetch_all(pool)
        .await?;
    let pair = |row: &PgRow| Ok((TicketId(row.try_get("ticket_id")?), CiId(row.try_get("to_id")?)));
    rows.iter().map(pair).collect()
}

/// The tickets that an item has to do with, whichever way, the newest first: at most so many behind
/// `after`. With `open`, those that are open, or those that are not.
///
/// # Errors
/// The database.
pub async fn tickets_of(
    pool: &PgPool,
    (item, open): (CiId, Option<bool>),
    after: Option<TicketId>,
    most: i64,
) -> Result<Vec<TicketId>, ReadError> {
    let rows = sqlx::query(include_str!("sql/tickets_of.sql"))
        .bind(item.0)
        .bind(open)
        .bind(after.map(|after| after.0))
        .bind(most)
        .fetch_all(pool)
        .await?;
    rows.iter().map(|row| Ok(TicketId(row.try_get("ticket_id")?))).collect()
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
) -> Result<BTreeSet<CiId>, ReadError> {
    Ok(context::of_others(context::failures(conn, position).await?, ticket))
}

fn uuids(tickets: &[TicketId]) -> Vec<Uuid> {
    tickets.iter().map(|id| id.0).collect()
}
