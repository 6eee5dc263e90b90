//! What led to what: everything that one request caused, on whichever things.

use async_graphql::{Context, ID, Result, SimpleObject};
use projections::timeline::{self, laid_out};
use uuid::Uuid;

use super::types::Event;
use crate::graphql::context::services;
use crate::graphql::error::unread;

/// Events of one answer.
const MOST: usize = 1_000;

/// Everything that a request caused, in the order of causes.
#[derive(SimpleObject)]
pub(super) struct CausationTree {
    /// The request, by its bare id.
    correlation_id: ID,
    /// Each event behind the one that it followed from; at most 1,000.
    events: Vec<CausedEvent>,
    /// Whether there are more.
    more: bool,
}

/// An event, and how far it stands from what came first.
#[derive(SimpleObject)]
pub(super) struct CausedEvent {
    /// How many commands lie before it: it belongs below the last event with one less.
    depth: i32,
    /// The event.
    event: Event,
}

/// What this request caused; none: there is no such request.
pub(super) async fn of(cx: &Context<'_>, correlation: Uuid) -> Result<Option<CausationTree>> {
    let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
    let found = timeline::belonging(&services(cx)?.reads, correlation, most).await;
    let mut found = found.map_err(unread)?;
    if found.is_empty() {
        return Ok(None);
    }
    let more = found.len() > MOST;
    found.truncate(MOST);
    let caused = |(depth, row): (usize, _)| CausedEvent {
        depth: i32::try_from(depth).unwrap_or(i32::MAX),
        event: Event(row),
    };
    Ok(Some(CausationTree {
        correlation_id: ID(correlation.to_string()),
        events: laid_out(found).into_iter().map(caused).collect(),
        more,
    }))
}

/// The request that the event with this number is part of.
pub(super) async fn request_of(cx: &Context<'_>, number: i64) -> Result<Option<Uuid>> {
    let found = timeline::by_numbers(&services(cx)?.reads, &[number]).await.map_err(unread)?;
    Ok(found.first().map(|row| row.correlation_id))
}
