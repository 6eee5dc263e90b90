//! What became of an item between two moments: what differs, and the events that made it differ.

use std::collections::BTreeMap;

use async_graphql::{Context, Json, Object, Result, SimpleObject};
use domain::cmdb::Datum;
use domain::kernel::CiId;
use projections::cis::{self, At, RelationRow, Way};
use projections::timeline::{self as trail, TimelineRow};

use super::Ci;
use super::load::ci;
use super::words::CiRelationDirection;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::timeline::Event;

/// What is told besides attributes.
pub(super) const LIFE: &str = "life";
pub(super) const MERGED_INTO: &str = "merged_into";

/// Most events of the item, and most relations, that are looked at.
const MOST: usize = 1_000;

/// What became of an item between two moments.
#[derive(SimpleObject)]
pub(super) struct CiDiff {
    /// The item as it was at first; null: it was not registered.
    from: Option<Ci>,
    /// The item as it was at last; null: it was not registered.
    to: Option<Ci>,
    /// What is said of it that differs, by name.
    attributes: Vec<CiAttributeDiff>,
    /// Relations that hold at one of the two moments alone.
    relations: Vec<CiRelationDiff>,
    /// Whether there is more: more than 1,000 events of its own, or relations.
    truncated: bool,
}

/// Something that is said of an item and differs.
#[derive(SimpleObject)]
pub(super) struct CiAttributeDiff {
    /// The attribute, as files say it; `life` and `merged_into` besides.
    name: String,
    /// What counted at first.
    from: Option<Json<Datum>>,
    /// What counted at last.
    to: Option<Json<Datum>>,
    /// What changed it, oldest first.
    events: Vec<Event>,
}

/// A relation that holds at one of two moments alone.
pub(super) struct CiRelationDiff {
    row: RelationRow,
    way: Way,
    added: bool,
    at: At,
    event: Option<TimelineRow>,
}

/// A relation that holds at one of two moments alone.
#[Object]
impl CiRelationDiff {
    /// Its name, as files say it.
    async fn relation(&self) -> &str {
        &self.row.relation
    }

    /// Which way it goes, seen from the item.
    async fn direction(&self) -> CiRelationDirection {
        self.way.into()
    }

    /// The item at the other end.
    async fn ci(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        ci(cx, self.row.other(self.way), self.at).await
    }

    /// Whether it came; if not, it went.
    async fn added(&self) -> bool {
        self.added
    }

    /// What made it come or go.
    async fn event(&self) -> Option<Event> {
        self.event.clone().map(Event)
    }
}

/// What became of an item; none: there is none.
pub(super) async fn of(cx: &Context<'_>, id: CiId, (from, to): (At, At)) -> Result<Option<CiDiff>> {
    // Asked the wrong way round, it is told the right way round.
    let (from, to) = if position(to) < position(from) { (to, from) } else { (from, to) };
    let (first, last) = (ci(cx, id, from).await?, ci(cx, id, to).await?);
    if first.is_none() && last.is_none() {
        return Ok(None);
    }
    let between = (position(from), position(to));
    let pool = &services(cx)?.reads;
    let mut events = trail::between(pool, id.0, between).await.map_err(unread)?;
    let mut relations = cis::relations_between(pool, id, between).await.map_err(unread)?;
    let truncated = events.len() > MOST || relations.len() > MOST;
    events.truncate(MOST);
    relations.truncate(MOST);
    let numbers: Vec<i64> =
        relations.iter().filter_map(|(_, _, row)| responsible(row, between)).collect();
    let told: BTreeMap<i64, TimelineRow> = trail::by_numbers(pool, &numbers)
        .await
        .map_err(unread)?
        .into_iter()
        .map(|row| (row.global_seq, row))
        .collect();
    let relations = relations.into_iter().map(|(_, way, row)| {
        let added = row.until_seq.is_none_or(|until| until > between.1);
        let event = responsible(&row, between).and_then(|number| told.get(&number).cloned());
        CiRelationDiff { at: if added { to } else { from }, added, row, way, event }
    });
    let relations = relations.collect();
    let attributes = attributes(first.as_ref(), last.as_ref(), &events);
    Ok(Some(CiDiff { from: first, to: last, attributes, relations, truncated }))
}

/// Now is behind every event.
fn position(at: At) -> i64 {
    match at {
        At::Now => i64::MAX,
        At::After(position) => position,
    }
}

/// The event that made a relation come or go between two positions.
fn responsible(row: &RelationRow, (from, to): (i64, i64)) -> Option<i64> {
    row.until_seq.filter(|until| *until <= to).or(Some(row.since_seq).filter(|it| *it > from))
}

fn attributes(
    first: Option<&Ci>,
    last: Option<&Ci>,
    events: &[TimelineRow],
) -> Vec<CiAttributeDiff> {
    let differ = differing(first, last).into_iter().map(|(name, (from, to))| CiAttributeDiff {
        events: events.iter().filter(|row| says(row, &name)).cloned().map(Event).collect(),
        from: from.map(Json),
        to: to.map(Json),
        name,
    });
    differ.collect()
}

/// What is said of an item that differs, by name: at first and at last.
pub(super) fn differing(
    first: Option<&Ci>,
    last: Option<&Ci>,
) -> BTreeMap<String, (Option<Datum>, Option<Datum>)> {
    let (mut before, after) = (said(first), said(last));
    let mut differ = BTreeMap::new();
    for (name, to) in after {
        let from = before.remove(&name);
        if from.as_ref() != Some(&to) {
            differ.insert(name, (from, Some(to)));
        }
    }
    differ.extend(before.into_iter().map(|(name, from)| (name, (Some(from), None))));
    differ
}

/// What is said of an item, by name.
fn said(item: Option<&Ci>) -> BTreeMap<String, Datum> {
    let Some(Ci { row, .. }) = item else { return BTreeMap::new() };
    let mut said = row.attributes.clone();
    said.insert(LIFE.to_owned(), Datum::Text(row.life.to_string()));
    let into = row.merged_into.map(|id| (MERGED_INTO.to_owned(), Datum::Text(id.to_string())));
    said.extend(into);
    said
}

/// Whether an event changed what is called so.
fn says(row: &TimelineRow, name: &str) -> bool {
    match (name, row.event_type.as_str()) {
        (LIFE, "ci.registered" | "ci.retired" | "ci.merged_into") => true,
        _ => row.changes.iter().any(|change| change.field == name && change.from != change.to),
    }
}
