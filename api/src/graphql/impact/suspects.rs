//! What may be to blame for a failure.

use std::collections::HashMap;

use async_graphql::{Context, Result, SimpleObject};
use domain::kernel::CiId;
use projections::cis::At;
use projections::cis::impact::{self, Suspects};
use projections::timeline::{self, TimelineRow};

use super::ask::refused;
use crate::graphql::ci::{Ci, catalogue, cis};
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, unread};
use crate::graphql::scalar::Position;
use crate::graphql::timeline::Event;

/// What happened to an item and to what it leans on, between two moments.
#[derive(SimpleObject)]
pub(super) struct ChangeSuspects {
    /// The events, those of the nearest items first, of these the latest.
    suspects: Vec<ChangeSuspect>,
    /// Whether there was more than is named: the latest 500 are.
    truncated: bool,
    /// The event of the log that the first moment is after.
    from: Position,
    /// The event of the log that the last moment is after.
    to: Position,
}

/// An event that may be to blame.
#[derive(SimpleObject)]
pub(super) struct ChangeSuspect {
    /// The item that it happened to, as it was at the last moment.
    ci: Ci,
    /// How many relations away that is.
    depth: u32,
    /// What happened.
    event: Event,
}

/// The events; none when there is no such item.
///
/// # Errors
/// A first moment that is not before the last; technical failures.
pub(super) async fn answer(
    cx: &Context<'_>,
    (root, depth): (CiId, u32),
    (from, to): (At, At),
) -> Result<ChangeSuspects> {
    let At::After(from) = from else { return Err(not_before()) };
    if matches!(to, At::After(to) if to < from) {
        return Err(not_before());
    }
    let (first, last) = (catalogue(cx, At::After(from)).await?, catalogue(cx, to).await?);
    let pool = &services(cx)?.reads;
    let found = impact::suspects(pool, (root, depth), (from, &first), (to, &last)).await;
    let found = found.map_err(refused)?;
    let numbers: Vec<i64> = found.events.iter().map(|it| it.number).collect();
    let rows = timeline::by_numbers(pool, &numbers).await.map_err(unread)?;
    let suspects = shown(cx, &found, rows, to).await?;
    Ok(ChangeSuspects {
        suspects,
        truncated: found.truncated,
        from: Position::Number(from),
        to: Position::Number(found.until),
    })
}

/// The events with their items. The timeline is a view of its own: what it does not show yet is left
/// out.
async fn shown(
    cx: &Context<'_>,
    found: &Suspects,
    rows: Vec<TimelineRow>,
    at: At,
) -> Result<Vec<ChangeSuspect>> {
    let mut rows: HashMap<i64, TimelineRow> =
        rows.into_iter().map(|row| (row.global_seq, row)).collect();
    let ids: Vec<CiId> = found.events.iter().map(|it| it.ci).collect();
    let mut known = HashMap::new();
    for item in distinct(cx, &ids, at).await? {
        known.insert(item.row.ci_id, item);
    }
    let mut suspects = Vec::new();
    for suspect in &found.events {
        let (Some(item), Some(row)) = (known.get(&suspect.ci), rows.remove(&suspect.number)) else {
            continue;
        };
        let ci = Ci { row: item.row.clone(), at: item.at, catalogue: item.catalogue.clone() };
        suspects.push(ChangeSuspect { ci, depth: suspect.depth, event: Event(row) });
    }
    Ok(suspects)
}

async fn distinct(cx: &Context<'_>, ids: &[CiId], at: At) -> Result<Vec<Ci>> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    cis(cx, &ids, at).await
}

fn not_before() -> async_graphql::Error {
    bad_request("the first moment is before the last")
}
