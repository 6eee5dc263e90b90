//! Queries: what was said on a ticket, oldest first, and how much.

use domain::kernel::{CommentId, TicketId};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::CommentRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// These comments, in no order; whoever asks checks who may see their tickets, and what is internal.
pub async fn by_ids(pool: &PgPool, ids: &[CommentId]) -> Result<Vec<CommentRow>, ReadError> {
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    decode("comments", &rows)
}

/// The comments on a ticket: at most `first` (1 to 100) behind the `global_seq` `after`.
pub async fn page(
    pool: &PgPool,
    ticket: TicketId,
    with_internal: bool,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<CommentRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(ticket.0)
        .bind(with_internal)
        .bind(page_size(first))
        .bind(after.unwrap_or(0))
        .fetch_all(pool)
        .await?;
    decode("comments", &rows)
}

/// The first comments on each of these tickets: at most `first` (1 to 100) each, by ticket.
pub async fn by_tickets(
    pool: &PgPool,
    tickets: &[TicketId],
    with_internal: bool,
    first: i64,
) -> Result<Vec<CommentRow>, ReadError> {
    let tickets: Vec<Uuid> = tickets.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/by_tickets.sql"))
        .bind(tickets)
        .bind(with_internal)
        .bind(page_size(first))
        .fetch_all(pool)
        .await?;
    decode("comments", &rows)
}

/// How many comments there are on a ticket.
pub async fn count(pool: &PgPool, ticket: TicketId, with_internal: bool) -> Result<i64, ReadError> {
    let found = counts(pool, &[ticket], with_internal).await?;
    Ok(found.first().map_or(0, |(_, count)| *count))
}

/// How many comments there are on each of these tickets; those without any are left out.
pub async fn counts(
    pool: &PgPool,
    tickets: &[TicketId],
    with_internal: bool,
) -> Result<Vec<(TicketId, i64)>, ReadError> {
    let tickets: Vec<Uuid> = tickets.iter().map(|id| id.0).collect();
    let rows = sqlx::query(include_str!("sql/counts.sql"))
        .bind(tickets)
        .bind(with_internal)
        .fetch_all(pool)
        .await?;
    rows.iter()
        .map(|row| Ok((TicketId(row.try_get("ticket_id")?), row.try_get("count")?)))
        .collect()
}
