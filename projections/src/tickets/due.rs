//! Resolved tickets to which nobody objected in time. Read by the worker that closes them.

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use sqlx::{PgPool, Row};

use crate::error::ReadError;

/// A ticket as it was when it became due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub ticket: TicketId,
    /// The number of its events; another one by now means that something happened since.
    pub version: i64,
    /// How often it was reopened: each resolution is due by itself.
    pub reopen_count: i32,
}

/// Tickets that are resolved since this instant or longer, the longest first; at most `limit`. An
/// index of the resolved ones alone serves, in this order: of all tickets few are resolved and not
/// yet closed.
pub async fn resolved_until(
    pool: &PgPool,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<Due>, ReadError> {
    let rows =
        sqlx::query(include_str!("sql/due.sql")).bind(until).bind(limit).fetch_all(pool).await?;
    rows.iter()
        .map(|row| {
            Ok(Due {
                ticket: TicketId(row.try_get("ticket_id")?),
                version: row.try_get("version")?,
                reopen_count: row.try_get("reopen_count")?,
            })
        })
        .collect()
}
