//! One item, lists of them, and what became of one between two moments.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use projections::cis::{self, Cursor as ReadCursor};

use super::diff::{self, CiDiff};
use super::filter::{CiOrder, CiWhere};
use super::load::{self, catalogue};
use super::reading::Reading;
use super::types::Ci;
use crate::graphql::access::{MayRead, SignedIn, reads_all};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, bad_request, unread};
use crate::graphql::id;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, Counter, Edge, PageSize, rows};
use crate::graphql::scalar::{Cursor, Position};

/// Most keys of an order.
const ORDER_KEYS: usize = 6;
/// Longest text that is searched for, in characters.
const SEARCH_MAX: usize = 200;

/// Configuration items.
#[derive(Default)]
pub(in crate::graphql) struct CiQuery;

/// Configuration items.
#[Object]
impl CiQuery {
    /// One item, as it is or as it was; null when there is none that you may see, or was none.
    #[graphql(guard = "SignedIn")]
    async fn ci(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "As of this instant of recording.")] as_of: Option<DateTime<Utc>>,
        #[graphql(desc = "As of this position of the log, instead.")] as_of_position: Option<
            Position,
        >,
        #[graphql(desc = "As of the moment that this baseline names, instead.")]
        as_of_baseline: Option<ID>,
    ) -> Result<Option<Ci>> {
        let id = id::decode(&id).map_err(bad_id)?;
        if !reads_all(cx, Permission::CiRead) {
            return Ok(None);
        }
        let moment = Moment { as_of, as_of_position, as_of_baseline };
        load::ci(cx, id, moment.at(cx).await?).await
    }

    /// The items, as they are or as they were; by name when no order is asked for.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn cis(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<CiWhere>,
        #[graphql(desc = "In which order: at most 6 keys, the first one first.")] order_by: Option<
            Vec<CiOrder>,
        >,
        #[graphql(
            desc = "Words that each of them has in its name, as parts and whatever their case; at \
                    most 200 characters, of which 10 words count."
        )]
        search: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
        #[graphql(desc = "As of this instant of recording.")] as_of: Option<DateTime<Utc>>,
        #[graphql(desc = "As of this position of the log, instead.")] as_of_position: Option<
            Position,
        >,
        #[graphql(desc = "As of the moment that this baseline names, instead.")]
        as_of_baseline: Option<ID>,
    ) -> Result<Connection<Ci>> {
        let order = order_by.unwrap_or_default();
        if order.len() > ORDER_KEYS {
            return Err(bad_request(format!("an order has at most {ORDER_KEYS} keys")));
        }
        let at = Moment { as_of, as_of_position, as_of_baseline }.at(cx).await?;
        let catalogue = catalogue(cx, at).await?;
        let mut reading = Reading::of(&catalogue);
        let filter = reading.filter(filter.unwrap_or_default());
        let filter = filter.map_err(|fault| bad_request(fault.to_string()))?;
        let order = reading.order(order).map_err(|fault| bad_request(fault.to_string()))?;
        let (search, first) = (searched(search)?, rows(first));
        let after = after.map(|cursor| ReadCursor(cursor.0));
        page(cx, cis::CiQuery { at, filter, search, order, first, after }).await
    }

    /// What became of an item between two moments, and by which events; null when there is none that
    /// you may see.
    #[graphql(guard = "SignedIn")]
    async fn ci_diff(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which item.")] ci_id: ID,
        #[graphql(desc = "From when.")] from: Moment,
        #[graphql(desc = "Until when; now when nothing is said.")] to: Option<Moment>,
    ) -> Result<Option<CiDiff>> {
        let id = id::decode(&ci_id).map_err(bad_id)?;
        if !reads_all(cx, Permission::CiRead) {
            return Ok(None);
        }
        let from = from.at(cx).await?;
        let to = to.unwrap_or_default().at(cx).await?;
        diff::of(cx, id, (from, to)).await
    }
}

/// One page of a list, which can also be counted.
pub(in crate::graphql) async fn page(
    cx: &Context<'_>,
    query: cis::CiQuery,
) -> Result<Connection<Ci>> {
    let pool = services(cx)?.reads.clone();
    let at = query.at;
    let found = cis::page(&pool, &query).await.map_err(unread)?;
    let catalogue = catalogue(cx, at).await?;
    let has_previous = query.after.is_some();
    let edge = |(cursor, row): (ReadCursor, cis::CiRow)| Edge {
        cursor: Cursor(cursor.0),
        node: Ci { row, at, catalogue: catalogue.clone() },
    };
    let count: Counter = Box::new(move || {
        let (pool, filter, search) = (pool.clone(), query.filter.clone(), query.search.clone());
        Box::pin(async move {
            let counted = cis::count(&pool, at, filter.as_ref(), search.as_deref()).await;
            counted.map_err(unread)
        })
    });
    let edges = found.rows.into_iter().map(edge).collect();
    Ok(Connection { edges, has_next: found.has_next, has_previous, count })
}

fn searched(text: Option<String>) -> Result<Option<String>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    if text.chars().count() > SEARCH_MAX {
        return Err(bad_request(format!("a search has at most {SEARCH_MAX} characters")));
    }
    Ok(Some(text))
}
