//! One ticket, and lists of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use projections::tickets;

use super::Ticket;
use super::filter::{TicketOrder, TicketWhere};
use crate::graphql::access::{SignedIn, scope};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, bad_request, unread};
use crate::graphql::page::{Connection, Counter, Edge, PageSize, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// Most keys of an order.
const ORDER_KEYS: usize = 6;

/// Tickets.
#[derive(Default)]
pub(in crate::graphql) struct TicketQuery;

/// Tickets.
#[Object]
impl TicketQuery {
    /// One ticket, by its id or its number; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn ticket(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Option<ID>,
        #[graphql(desc = "Its number for people, instead of the id.")] number: Option<String>,
    ) -> Result<Option<Ticket>> {
        match (id, number) {
            (Some(id), None) => loader::ticket(cx, id::decode(&id).map_err(bad_id)?).await,
            (None, Some(number)) => by_number(cx, &number).await,
            _ => Err(bad_request("name a ticket by its id or by its number")),
        }
    }

    /// The tickets that you may see; the newest first when no order is asked for.
    #[graphql(guard = "SignedIn")]
    async fn tickets(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<TicketWhere>,
        #[graphql(desc = "In which order: at most 6 keys, the first one first.")] order_by: Option<
            Vec<TicketOrder>,
        >,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Ticket>> {
        let order = order_by.unwrap_or_default();
        if order.len() > ORDER_KEYS {
            return Err(bad_request(format!("an order has at most {ORDER_KEYS} keys")));
        }
        let filter = filter.unwrap_or_default().into_filter();
        page(
            cx,
            tickets::TicketQuery {
                scope: scope(cx, Permission::TicketRead),
                filter: filter.map_err(|fault| bad_request(fault.to_string()))?,
                search: None,
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
    Ok(row.map(Ticket))
}

async fn page(cx: &Context<'_>, query: tickets::TicketQuery) -> Result<Connection<Ticket>> {
    let pool = services(cx)?.reads.clone();
    let page = tickets::page(&pool, &query).await.map_err(unread)?;
    let has_previous = query.after.is_some();
    let edge =
        |(cursor, row): (tickets::Cursor, _)| Edge { cursor: Cursor(cursor.0), node: Ticket(row) };
    let count: Counter = Box::new(move || {
        let (pool, scope, filter) = (pool.clone(), query.scope.clone(), query.filter.clone());
        Box::pin(async move {
            tickets::count(&pool, &scope, filter.as_ref(), None).await.map_err(unread)
        })
    });
    let edges = page.rows.into_iter().map(edge).collect();
    Ok(Connection { edges, has_next: page.has_next, has_previous, count })
}
