//! Pages of events.

use async_graphql::{Context, Result};
use projections::timeline::{self, EventQuery, TimelineRow};
use uuid::Uuid;

use super::types::Event;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::id::GlobalId;
use crate::graphql::page::{Connection, Counter, Edge, PageSize, cursor, has_next, place, rows};
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
    let mut found = timeline::of(&pool, stream, size + 1, after).await.map_err(unread)?;
    let has_next = has_next(&mut found, size);
    let edge = |row: TimelineRow| Edge { cursor: cursor(&name, row.global_seq), node: Event(row) };
    let count: Counter = Box::new(move || {
        let pool = pool.clone();
        Box::pin(async move { timeline::of_count(&pool, stream).await.map_err(unread) })
    });
    let edges = found.into_iter().map(edge).collect();
    Ok(Connection { edges, has_next, has_previous: after.is_some(), count })
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
    let page = EventQuery { first: size + 1, after, ..query.clone() };
    let mut found = timeline::events(&pool, &page).await.map_err(unread)?;
    let has_next = has_next(&mut found, size);
    let edge = |row: TimelineRow| Edge { cursor: cursor(EVENTS, row.global_seq), node: Event(row) };
    let count: Counter = Box::new(move || {
        let (pool, query) = (pool.clone(), query.clone());
        Box::pin(async move { timeline::events_count(&pool, &query).await.map_err(unread) })
    });
    let edges = found.into_iter().map(edge).collect();
    Ok(Connection { edges, has_next, has_previous: after.is_some(), count })
}
