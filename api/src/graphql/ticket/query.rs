//! One ticket, and lists of them.

use async_graphql::{Context, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use projections::tickets::{self, Search, TicketField};

use super::facets::Facets;
use super::filter::{TicketOrder, TicketWhere};
use super::{Ticket, TicketConnection, past};
use crate::graphql::access::{SignedIn, reads_of_tickets, scope};
use crate::graphql::context::services;
use crate::graphql::dossier::is_of_the_desk;
use crate::graphql::error::{bad_id, bad_request, unread};
use crate::graphql::moment::Moment;
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, Counter, Edge, PageSize, rows};
use crate::graphql::scalar::{Cursor, Position};
use crate::graphql::{id, loader};

/// Most keys of an order.
const ORDER_KEYS: usize = 6;
/// Longest text that is searched for, in characters.
const SEARCH_MAX: usize = 200;

/// Tickets.
#[derive(Default)]
pub(in crate::graphql) struct TicketQuery;

/// Tickets.
#[Object]
impl TicketQuery {
    /// One ticket, by its id or its number, as it is or as it was; null when there is none that you
    /// may see. As it was is told to those who may read its timeline: what its own row says is that of
    /// then; what hangs on it, such as its conversation, and what you may do to it are those of now.
    #[graphql(guard = "SignedIn")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn ticket(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Option<ID>,
        #[graphql(desc = "Its number for people, instead of the id.")] number: Option<String>,
        #[graphql(desc = "As of this instant of recording: what was known then.")] as_of: Option<
            DateTime<Utc>,
        >,
        #[graphql(desc = "As of this position of the log, instead.")] as_of_position: Option<
            Position,
        >,
        #[graphql(
            desc = "As of this instant by when things happened, instead: what was so then, as is \
                    known now."
        )]
        occurred_as_of: Option<DateTime<Utc>>,
    ) -> Result<Option<Ticket>> {
        let ticket = match (id, number) {
            (Some(id), None) => loader::ticket(cx, id::decode(&id).map_err(bad_id)?).await,
            (None, Some(number)) => by_number(cx, &number).await,
            _ => Err(bad_request("name a ticket by its id or by its number")),
        };
        let moment = Moment { as_of, as_of_position, ..Moment::default() };
        match (ticket?, past::until(cx, moment, occurred_as_of).await?) {
            (Some(ticket), Some(until)) => past::of(cx, ticket.0.ticket_id, until).await,
            (ticket, _) => Ok(ticket),
        }
    }

    /// The tickets that you may see; the newest first when no order is asked for.
    #[graphql(guard = "SignedIn")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the field")]
    async fn tickets(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<TicketWhere>,
        #[graphql(desc = "In which order: at most 6 keys, the first one first.")] order_by: Option<
            Vec<TicketOrder>,
        >,
        #[graphql(
            desc = "Words that each of them has in its number, title, texts or conversation, as \
                    parts and whatever their case; at most 200 characters, of which 10 words count."
        )]
        search: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<TicketConnection> {
        let order = order_by.unwrap_or_default();
        if order.len() > ORDER_KEYS {
            return Err(bad_request(format!("an order has at most {ORDER_KEYS} keys")));
        }
        let filter = filter.unwrap_or_default().into_filter(services(cx)?.gateway.now());
        let filter = filter.map_err(|fault| bad_request(fault.to_string()))?;
        let asks = |field| filter.as_ref().is_some_and(|filter| filter.asks(field));
        if !is_of_the_desk(cx) && (asks(TicketField::Tag) || asks(TicketField::WatcherId)) {
            return Err(bad_request("tags and watchers are the desk's own"));
        }
        page(
            cx,
            tickets::TicketQuery {
                scope: scope(cx, Permission::TicketRead),
                filter,
                search: searched(cx, search)?,
                order: order.into_iter().map(TicketOrder::into_read).collect(),
                first: rows(first),
                after: after.map(|cursor| tickets::Cursor(cursor.0)),
            },
        )
        .await
    }
}

async fn by_number(cx: &Context<'_>, number: &str) -> Result<Option<Ticket>> {
    let scope = scope(cx, Permission::TicketRead);
    let row = tickets::by_number(&services(cx)?.reads, number, &scope).await.map_err(unread)?;
    Ok(row.map(|row| Ticket(row, Names::default(), None)))
}

/// One page of a list, which can also be counted.
pub(in crate::graphql) async fn page(
    cx: &Context<'_>,
    query: tickets::TicketQuery,
) -> Result<TicketConnection> {
    let services = services(cx)?;
    let pool = services.reads.clone();
    let page = tickets::page(&pool, &services.long, &query).await.map_err(unread)?;
    let has_previous = query.after.is_some();
    let rows: Vec<_> = page.rows.iter().map(|(_, row)| row).collect();
    let names = Names::of(cx, &rows).await?;
    let edge = |(cursor, row): (tickets::Cursor, _)| Edge {
        cursor: Cursor(cursor.0),
        node: Ticket(row, names.clone(), None),
    };
    let tickets::TicketQuery { scope, filter, search, .. } = query;
    let facets = Facets { which: Some((scope.clone(), filter.clone(), search.clone())) };
    let count: Counter = Box::new(move || {
        let (pool, scope) = (pool.clone(), scope.clone());
        let (filter, search) = (filter.clone(), search.clone());
        Box::pin(async move {
            let counted = tickets::count(&pool, &scope, filter.as_ref(), search.as_ref()).await;
            counted.map_err(unread)
        })
    });
    let edges = page.rows.into_iter().map(edge).collect();
    let connection = Connection { edges, has_next: page.has_next, has_previous, count };
    Ok(TicketConnection(connection, facets))
}

/// The words searched for, where this caller may look for them.
fn searched(cx: &Context<'_>, text: Option<String>) -> Result<Option<Search>> {
    let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    if text.chars().count() > SEARCH_MAX {
        return Err(bad_request(format!("a search has at most {SEARCH_MAX} characters")));
    }
    Ok(Some(Search { text, internal: reads_of_tickets(cx, Permission::ConversationReadInternal) }))
}
