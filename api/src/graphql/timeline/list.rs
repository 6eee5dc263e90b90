//! Pages of events.

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::TicketId;
use projections::timeline::{self, EventQuery, TimelineRow};
use uuid::Uuid;

use super::types::Event;
use crate::graphql::access::{reads_of_ticket, sees_still};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::id::GlobalId;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the whole log belong to.
const EVENTS: &str = "events";

/// What happened to one thing, oldest first: a ticket's conversation and dossier are part of it. The
/// caller of this has asked whether the reader may see it.
pub(in crate::graphql) async fn of(
    cx: &Context<'_>,
    id: GlobalId,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Event>> {
    of_stream(cx, id.uuid(), first, after).await
}

/// The same of a ticket that the caller sees; none when its history is not theirs to read. What they
/// may is asked again behind the reading.
pub(in crate::graphql) async fn of_ticket(
    cx: &Context<'_>,
    ticket: TicketId,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Option<Connection<Event>>> {
    if !reads_of_ticket(cx, Permission::TimelineRead, ticket).await? {
        return Ok(None);
    }
    let told = of(cx, ticket.into(), first, after).await?;
    sees_still(cx, ticket).await?;
    Ok(reads_of_ticket(cx, Permission::TimelineRead, ticket).await?.then_some(told))
}

/// The same of any stream.
pub(in crate::graphql) async fn of_stream(
    cx: &Context<'_>,
    stream: Uuid,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Event>> {
    let name = format!("timeline:{stream}");
    let after: Option<i64> = after.map(|after| place(&name, &after)).transpose()?;
    let pool = services(cx)?.reads.clone();
    let size = rows(first);
    let found = timeline::of(&pool, stream, size + 1, after).await.map_err(unread)?;
    let edge = |row: TimelineRow| (row.global_seq, Event(row));
    let count: Counter = Box::new(move || {
        let pool = pool.clone();
        Box::pin(async move { timeline::of_count(&pool, stream).await.map_err(unread) })
    });
    Ok(page_of(&name, (found, size), after.is_some(), edge, count))
}

/// Everything that happened, in the order of the log, as far as asked.
pub(super) async fn events(
    cx: &Context<'_>,
    query: EventQuery,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Event>> {
    let pool = services(cx)?.reads.clone();
    let after: Option<i64> = after.map(|after| place(EVENTS, &after)).transpose()?;
    let size = rows(first);
    let asked = EventQuery { first: size + 1, after, ..query.clone() };
    let found = timeline::events(&pool, &asked).await.map_err(unread)?;
    let edge = |row: TimelineRow| (row.global_seq, Event(row));
    let count: Counter = Box::new(move || {
        let (pool, query) = (pool.clone(), query.clone());
        Box::pin(async move { timeline::events_count(&pool, &query).await.map_err(unread) })
    });
    Ok(page_of(EVENTS, (found, size), after.is_some(), edge, count))
}
