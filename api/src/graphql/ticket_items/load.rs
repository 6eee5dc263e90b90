//! Batched reads of tickets' items, for those who may read items.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::cmdb::impact::Affected;
use domain::kernel::{CiId, TicketId};
use projections::ReadError;
use projections::cis::At;
use projections::ticket_items::{self, ImpactRow, Role};

use super::TicketImpact;
use crate::graphql::access::reads_all;
use crate::graphql::ci::{Ci, ci, cis};
use crate::graphql::context::{loader, services};
use crate::graphql::error::{internal, unread};
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

/// What was computed last for a ticket that the caller sees; none when nothing was, or when the
/// caller may not read items.
pub(in crate::graphql) async fn impact(
    cx: &Context<'_>,
    id: TicketId,
) -> Result<Option<TicketImpact>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let row = loader(cx)?.load_one(ImpactOf(id)).await.map_err(internal)?;
    Ok(row.map(TicketImpact))
}

/// The service that is asked for by a ticket that the caller sees.
pub(in crate::graphql) async fn service(cx: &Context<'_>, id: TicketId) -> Result<Option<Ci>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    match loader(cx)?.load_one(ServiceOf(id)).await.map_err(internal)? {
        Some(service) => ci(cx, service, At::Now).await,
        None => Ok(None),
    }
}

/// The services that a ticket's items provide.
pub(super) async fn services_of(cx: &Context<'_>, id: TicketId) -> Result<Vec<Ci>> {
    let services = services(cx)?;
    let catalogue = services.classes.now(&services.reads).await.map_err(unread)?;
    let relations = Affected::of(&catalogue).to_services();
    let found = ticket_items::services_of(&services.reads, id, &relations, SERVICES_MAX).await;
    cis(cx, &found.map_err(unread)?, At::Now).await
}
