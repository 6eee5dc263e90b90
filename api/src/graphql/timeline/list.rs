//! Pages of events.

use async_graphql::{Context, Result};
use projections::timeline::{self, EventQuery, TimelineRow};

use super::types::Event;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::id::GlobalId;
use crate::graphql::page::{
    Connection, Counter, Edge, PageSize, cursor_number, known, number_cursor, rows,
};
use crate::graphql::scalar::Cursor;

/// What happened to one thing of this version, oldest first. The caller of this has asked whether
/// the reader may see it.
pub(in crate::graphql) async fn of(
    cx: &Context<'_>,
    (id, version): (GlobalId, i64),
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Event>> {
    let list = format!("timeline:{}", id.uuid());
    let after = after.map(|after| cursor_number(&list, &after)).transpose()?;
    let size = rows(first);
    let pool = &services(cx)?.reads;
    let found = timeline::of(pool, id.uuid(), size + 1, after).await.map_err(unread)?;
    Ok(page(found, size, after.is_some(), known(version), |row| number_cursor(&list, row.sequence)))
}

/// Everything that happened, oldest first, as far as asked.
pub(super) async fn events(
    cx: &Context<'_>,
    mut query: EventQuery,
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<Event>> {
    let after = after.map(|after| cursor_number("events", &after)).transpose()?;
    let size = rows(first);
    query.first = size + 1;
    query.after = after;
    let pool = services(cx)?.reads.clone();
    let found = timeline::events(&pool, &query).await.map_err(unread)?;
    let query = std::sync::Arc::new(query);
    let count: Counter = Box::new(move || {
        let (pool, query) = (pool.clone(), query.clone());
        Box::pin(async move { timeline::events_count(&pool, &query).await.map_err(unread) })
    });
    Ok(page(found, size, after.is_some(), count, |row| number_cursor("events", row.global_seq)))
}

/// One row more than the page was read, to know whether there is another page.
fn page(
    mut found: Vec<TimelineRow>,
    size: i64,
    has_previous: bool,
    count: Counter,
    cursor: impl Fn(&TimelineRow) -> Cursor,
) -> Connection<Event> {
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let has_next = found.len() > size;
    found.truncate(size);
    let edge = |row| Edge { cursor: cursor(&row), node: Event(row) };
    Connection { edges: found.into_iter().map(edge).collect(), has_next, has_previous, count }
}
