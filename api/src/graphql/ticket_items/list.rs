//! The items of a ticket, and the tickets that an item has to do with.

use std::collections::HashMap;

use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::kernel::{CiClassId, CiId, TicketId};
use projections::cis::At;
use projections::ticket_items::{self, ItemFilter, ItemPlace, ItemRow};
use projections::tickets::{self, TicketRow};

use super::TicketItem;
use super::load::{CountOf, ItemsOf, ItemsPart};
use super::words::TicketItemRole;
use crate::graphql::access::{reads_all, scope};
use crate::graphql::ci::{Ci, catalogue, cis};
use crate::graphql::context::{load, load_all, loader, services};
use crate::graphql::error::{bad_request, internal, unread};
use crate::graphql::names::Names;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::Ticket;

/// How many tickets of an item are looked at in one go for those that the caller sees.
const LOOK: i64 = 200;

/// Where a page begins, and how long it is.
type Page = (Option<PageSize>, Option<Cursor>);

/// The items of a ticket that the caller sees: those that were named first, then the nearest; none
/// of them to those who may not read items. Pages of many tickets are read together.
pub(in crate::graphql) async fn of_ticket(
    cx: &Context<'_>,
    ticket: TicketId,
    (role, class): (Option<TicketItemRole>, Option<String>),
    (first, after): Page,
) -> Result<Option<Connection<TicketItem>>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let classes = match class {
        Some(name) => Some(family(cx, &name).await?),
        None => None,
    };
    let filter = ItemFilter { role: role.map(Into::into), classes };
    let list = format!("cis:{ticket}");
    let after: Option<ItemPlace> = after.map(|after| place(&list, &after)).transpose()?;
    let (size, has_previous) = (rows(first), after.is_some());
    let part = ItemsPart { filter: filter.clone(), after, first: size + 1 };
    let found = load(cx, ItemsOf { ticket, part }).await?;
    let found = found.unwrap_or_default();
    let ids: Vec<CiId> = found.iter().map(|row| row.ci_id).collect();
    let items = cis(cx, &ids, At::Now).await?;
    let mut items: HashMap<CiId, Ci> = items.into_iter().map(|ci| (ci.row.ci_id, ci)).collect();
    // Whatever is named is registered before, and never forgotten.
    let shown = |row: ItemRow| {
        let ci = items.remove(&row.ci_id)?;
        let item = TicketItem { ci, role: row.role.into(), depth: row.depth.into() };
        Some((row.place(), item))
    };
    let shown = found.into_iter().filter_map(shown).collect();
    let counts = loader(cx)?.clone();
    let count: Counter = Box::new(move || {
        let (counts, key) = (counts.clone(), CountOf(ticket, filter.clone()));
        Box::pin(
            async move { Ok(counts.load_one(key).await.map_err(internal)?.unwrap_or_default()) },
        )
    });
    Ok(Some(page_of(&list, (shown, size), has_previous, |row| row, count)))
}

/// A class of this name and all that inherit from it.
async fn family(cx: &Context<'_>, name: &str) -> Result<Vec<CiClassId>> {
    let catalogue = catalogue(cx, At::Now).await?;
    let class = catalogue.by_name(name).ok_or_else(|| bad_request("there is no such class"))?;
    Ok(catalogue.family(class.id))
}

/// The tickets that an item has to do with and that the caller sees, the newest first.
pub(in crate::graphql) async fn known_tickets(
    cx: &Context<'_>,
    (ci, open): (CiId, Option<bool>),
    (first, after): Page,
) -> Result<Connection<Ticket>> {
    let pool = services(cx)?.reads.clone();
    let list = format!("tickets:{ci}");
    let after: Option<TicketId> = after.map(|after| place(&list, &after)).transpose()?;
    let size = rows(first);
    let found = seen(cx, (ci, open), after, size + 1).await?;
    let scope = scope(cx, Permission::TicketRead);
    let count: Counter = Box::new(move || {
        let (pool, scope) = (pool.clone(), scope.clone());
        Box::pin(async move {
            let all = ticket_items::tickets_of(&pool, (ci, open), None, i64::MAX).await;
            let rows = tickets::by_ids(&pool, &all.map_err(unread)?, &scope).await;
            Ok(i64::try_from(rows.map_err(unread)?.len()).unwrap_or(i64::MAX))
        })
    });
    let edge = |row: TicketRow| (row.ticket_id, Ticket(row, Names::default(), None));
    Ok(page_of(&list, (found, size), after.is_some(), edge, count))
}

/// So many of an item's tickets that the caller sees, if there are as many.
async fn seen(
    cx: &Context<'_>,
    of: (CiId, Option<bool>),
    mut after: Option<TicketId>,
    wanted: i64,
) -> Result<Vec<TicketRow>> {
    let pool = &services(cx)?.reads;
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let mut found = Vec::new();
    loop {
        let ids = ticket_items::tickets_of(pool, of, after, LOOK).await.map_err(unread)?;
        let mut rows = load_all(cx, ids.iter().copied()).await?;
        found.extend(ids.iter().filter_map(|id| rows.remove(id)));
        after = ids.last().copied();
        if found.len() >= wanted || ids.len() < usize::try_from(LOOK).unwrap_or(usize::MAX) {
            found.truncate(wanted);
            return Ok(found);
        }
    }
}
