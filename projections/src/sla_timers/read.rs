//! Queries: what is due, and what was recorded.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use sqlx::types::Json;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::{Crossing, TimersRow};
use crate::error::ReadError;
use crate::read::decode;

/// Tickets with a crossing up to this instant that is not recorded, the earliest first; at most
/// `limit`. An index of those that wait for one serves, in this order.
pub async fn due(
    pool: &PgPool,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<TimersRow>, ReadError> {
    let rows =
        sqlx::query(include_str!("sql/due.sql")).bind(until).bind(limit).fetch_all(pool).await?;
    decode("sla_timers", &rows)
}

/// The same without those of which an import said the last word.
pub async fn due_here(
    pool: &PgPool,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<TimersRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/due_here.sql"))
        .bind(until)
        .bind(limit)
        .fetch_all(pool)
        .await?;
    decode("sla_timers", &rows)
}

/// How many tickets are due.
pub async fn due_count(pool: &PgPool, until: DateTime<Utc>) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/due_count.sql")).bind(until).fetch_one(pool).await?;
    Ok(row.try_get("due")?)
}

/// When a ticket is due next, after this instant.
pub async fn next_after(
    pool: &PgPool,
    after: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, ReadError> {
    let row = sqlx::query(include_str!("sql/next.sql")).bind(after).fetch_one(pool).await?;
    Ok(row.try_get("next_at")?)
}

/// What was recorded of these tickets' clocks, each in that order; nothing of a ticket is no entry.
/// Terms that judge better by now unsay none of it: each says by which it was judged.
pub async fn recorded(
    pool: &PgPool,
    tickets: &[TicketId],
) -> Result<BTreeMap<TicketId, Vec<Crossing>>, ReadError> {
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.0).collect();
    let rows = sqlx::query(include_str!("sql/recorded.sql")).bind(ids).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            let Json(crossings) = row.try_get("recorded")?;
            Ok((TicketId(row.try_get("ticket_id")?), crossings))
        })
        .collect()
}
