//! What differs between two moments, item by item, a page at a time: as many statements for a page as
//! for one item.

mod place;
mod types;

use std::collections::HashMap;

use async_graphql::{Context, ID, InputObject, Result};
use domain::kernel::CiId;
use projections::cis::{self, At, DifferenceQuery, Differing};

use super::Ci;
use super::filter::ClassWhere;
use super::load::{catalogue, cis};
use super::reading::Reading;
use crate::graphql::compare::{EqualWhere, equal_id};
use crate::graphql::context::services;
use crate::graphql::error::{bad_cursor, bad_id, bad_request, unread};
use crate::graphql::moment::number_of;
use crate::graphql::page::{Connection, Counter, Edge, PageSize, cursor, place, rows};
use crate::graphql::scalar::Cursor;
use place::Place;
pub(in crate::graphql) use types::{CiDifference, CiDifferenceRelation};

/// What the cursors of the list belong to.
const LIST: &str = "differences";

/// Which items. Everything that is said must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub(in crate::graphql) struct CiDifferenceWhere {
    /// Its class, by name; those that inherit from it are meant, too.
    class: Option<ClassWhere>,
    /// Whose it is, at either moment.
    organization_id: Option<EqualWhere<ID>>,
}

/// A page of the items that differ; asked the wrong way round, they are told the right way round.
///
/// # Errors
/// A class that is none; a cursor of another list; technical failures.
pub(in crate::graphql) async fn differences(
    cx: &Context<'_>,
    moments: (At, At),
    asked: CiDifferenceWhere,
    (first, after): (Option<PageSize>, Option<Cursor>),
) -> Result<Connection<CiDifference>> {
    let after: Option<Place> = after.map(|after| place(LIST, &after)).transpose()?;
    let span = span(cx, moments, after).await?;
    let classes = catalogue(cx, At::After(span.1)).await?;
    let classes = asked.class.map(|class| Reading::of(&classes).classes(&class)).transpose();
    let classes = classes.map_err(|fault| bad_request(fault.to_string()))?.flatten();
    let organization: Option<CiId> = equal_id(asked.organization_id).map_err(bad_id)?;
    let size = rows(first);
    let query = DifferenceQuery {
        span,
        classes,
        organizations: organization.map(|id| vec![id]),
        first: size + 1,
        after: after.map(|place| place.since),
    };
    let pool = services(cx)?.reads.clone();
    let mut found = cis::differing(&pool, &query).await.map_err(unread)?;
    let shown = found.len().min(usize::try_from(size).unwrap_or(usize::MAX));
    let has_next = found.len() > shown;
    found.truncate(shown);
    let edges = edges(cx, found, span).await?;
    let count: Counter = Box::new(move || {
        let (pool, query) = (pool.clone(), query.clone());
        Box::pin(async move { cis::differing_count(&pool, &query).await.map_err(unread) })
    });
    Ok(Connection { edges, has_next, has_previous: after.is_some(), count })
}

/// The moments as positions, the earlier one first. Now stays where the first page found it.
async fn span(cx: &Context<'_>, (from, to): (At, At), after: Option<Place>) -> Result<(i64, i64)> {
    let now = match after {
        Some(after) => after.until,
        None => number_of(cx, At::Now).await?,
    };
    let number = |at| if let At::After(number) = at { number } else { now };
    let (from, to) = (number(from), number(to));
    let span = (from.min(to), from.max(to));
    if after.is_some_and(|after| after.until != span.1) {
        return Err(bad_cursor());
    }
    Ok(span)
}

/// The items as they were at both positions, in the order in which they were found.
async fn edges(
    cx: &Context<'_>,
    found: Vec<Differing>,
    span: (i64, i64),
) -> Result<Vec<Edge<CiDifference>>> {
    let ids: Vec<CiId> = found.iter().map(|row| row.ci_id).collect();
    let by_id = |items: Vec<Ci>| -> HashMap<CiId, Ci> {
        items.into_iter().map(|item| (item.row.ci_id, item)).collect()
    };
    let mut before = by_id(cis(cx, &ids, At::After(span.0)).await?);
    let mut after = by_id(cis(cx, &ids, At::After(span.1)).await?);
    let edge = |row: Differing| {
        let (from, to) = (before.remove(&row.ci_id), after.remove(&row.ci_id)?);
        let place = Place { until: span.1, since: row.since_seq };
        let node = CiDifference { from, to, span, related: row.related };
        Some(Edge { cursor: cursor(LIST, place), node })
    };
    Ok(found.into_iter().filter_map(edge).collect())
}
