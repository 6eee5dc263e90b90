//! Batched reads of tickets' items, for those who may read items.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::cmdb::impact::Affected;
use domain::kernel::{CiId, TicketId};
use projections::ReadError;
use projections::cis::At;
use projections::ticket_items::{self, ImpactRow, ItemFilter, ItemPlace, ItemRow, Role};

use super::TicketImpact;
use crate::graphql::access::reads_all;
use crate::graphql::ci::{Ci, catalogue, ci, cis};
use crate::graphql::context::load;
use crate::graphql::loader::{Loaded, Reads, by_key};

/// How many services of a ticket are told.
const SERVICES_MAX: i64 = 1_000;

/// What was computed last for a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ImpactOf(TicketId);

#[async_trait]
impl Loader<ImpactOf> for Reads {
    type Value = ImpactRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ImpactOf]) -> Loaded<ImpactOf, ImpactRow> {
        let ids: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        by_key(ticket_items::impacts(&self.pool, &ids).await, |row| ImpactOf(row.ticket_id))
    }
}

/// The service of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct ServiceOf(TicketId);

#[async_trait]
impl Loader<ServiceOf> for Reads {
    type Value = CiId;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ServiceOf]) -> Loaded<ServiceOf, CiId> {
        let ids: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        let rows = ticket_items::named(&self.pool, &ids, &[Role::Service]).await;
        let rows = rows.map_err(Arc::new)?;
        Ok(rows.into_iter().map(|row| (ServiceOf(row.ticket_id), row.ci_id)).collect())
    }
}

/// A page of a ticket's items.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ItemsOf {
    pub(super) ticket: TicketId,
    pub(super) part: ItemsPart,
}

/// Which of its items, and how many of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct ItemsPart {
    pub(super) filter: ItemFilter,
    pub(super) after: Option<ItemPlace>,
    pub(super) first: i64,
}

/// How many items a ticket has.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct CountOf(pub(super) TicketId, pub(super) ItemFilter);

/// The services that a ticket's items provide by these relations.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct ServicesOf(TicketId, Vec<String>);

#[async_trait]
impl Loader<ItemsOf> for Reads {
    type Value = Vec<ItemRow>;
    type Error = Arc<ReadError>;

    /// One statement for all that ask for the same part: those of a level of an answer mostly do.
    async fn load(&self, keys: &[ItemsOf]) -> Loaded<ItemsOf, Vec<ItemRow>> {
        let mut alike: HashMap<&ItemsPart, Vec<TicketId>> = HashMap::new();
        for key in keys {
            alike.entry(&key.part).or_default().push(key.ticket);
        }
        let mut found: HashMap<ItemsOf, Vec<ItemRow>> = HashMap::new();
        for (part, tickets) in alike {
            let ItemsPart { filter, after, first } = part;
            let rows = ticket_items::page(&self.pool, &tickets, filter, *after, *first).await;
            for row in rows.map_err(Arc::new)? {
                let key = ItemsOf { ticket: row.ticket_id, part: part.clone() };
                found.entry(key).or_default().push(row);
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Loader<CountOf> for Reads {
    type Value = i64;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[CountOf]) -> Loaded<CountOf, i64> {
        let mut alike: HashMap<&ItemFilter, Vec<TicketId>> = HashMap::new();
        for CountOf(ticket, filter) in keys {
            alike.entry(filter).or_default().push(*ticket);
        }
        let mut found = HashMap::new();
        for (filter, tickets) in alike {
            let counts = ticket_items::counts(&self.pool, &tickets, filter).await;
            for (ticket, count) in counts.map_err(Arc::new)? {
                found.insert(CountOf(ticket, filter.clone()), count);
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Loader<ServicesOf> for Reads {
    type Value = Vec<CiId>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ServicesOf]) -> Loaded<ServicesOf, Vec<CiId>> {
        let mut alike: HashMap<&[String], Vec<TicketId>> = HashMap::new();
        for ServicesOf(ticket, relations) in keys {
            alike.entry(relations).or_default().push(*ticket);
        }
        let mut found: HashMap<ServicesOf, Vec<CiId>> = HashMap::new();
        for (relations, tickets) in alike {
            let rows = ticket_items::services_of(&self.pool, &tickets, relations, SERVICES_MAX);
            for (ticket, service) in rows.await.map_err(Arc::new)? {
                let key = ServicesOf(ticket, relations.to_vec());
                found.entry(key).or_default().push(service);
            }
        }
        Ok(found)
    }
}

/// What was computed last for a ticket that the caller sees; none when nothing was, or when the
/// caller may not read items.
pub(in crate::graphql) async fn impact(
    cx: &Context<'_>,
    id: TicketId,
) -> Result<Option<TicketImpact>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let row = load(cx, ImpactOf(id)).await?;
    Ok(row.map(TicketImpact))
}

/// The service that is asked for by a ticket that the caller sees.
pub(in crate::graphql) async fn service(cx: &Context<'_>, id: TicketId) -> Result<Option<Ci>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    match load(cx, ServiceOf(id)).await? {
        Some(service) => ci(cx, service, At::Now).await,
        None => Ok(None),
    }
}

/// The services that a ticket's items provide.
pub(super) async fn services_of(cx: &Context<'_>, id: TicketId) -> Result<Vec<Ci>> {
    let relations = Affected::of(&*catalogue(cx, At::Now).await?).to_services();
    let found = load(cx, ServicesOf(id, relations)).await?;
    cis(cx, &found.unwrap_or_default(), At::Now).await
}
