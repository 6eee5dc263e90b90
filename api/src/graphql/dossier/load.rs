//! Batched reads of dossiers.

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use domain::kernel::{PersonId, TicketId};
use projections::ReadError;
use projections::dossiers::{self, DossierRow};
use projections::watchers::{self, WatchersRow};

use crate::graphql::context::load;
use crate::graphql::loader::{Loaded, Reads, by_key};

/// The dossier of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct DossierOf(pub(super) TicketId);

#[async_trait]
impl Loader<DossierOf> for Reads {
    type Value = Arc<DossierRow>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[DossierOf]) -> Loaded<DossierOf, Arc<DossierRow>> {
        let ids: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        let rows = dossiers::by_ids(&self.pool, &ids).await;
        let rows = rows.map(|rows| rows.into_iter().map(Arc::new).collect());
        by_key(rows, |row| DossierOf(row.ticket_id))
    }
}

/// Who watches a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct WatchersOf(TicketId);

#[async_trait]
impl Loader<WatchersOf> for Reads {
    type Value = WatchersRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[WatchersOf]) -> Loaded<WatchersOf, WatchersRow> {
        let ids: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        by_key(watchers::by_ids(&self.pool, &ids).await, |row| WatchersOf(row.ticket_id))
    }
}

/// Those who hear of a ticket besides, for what rights depend on; nobody is told. Not from the
/// dossier: that is never ahead of these.
pub(in crate::graphql) async fn watcher_ids(
    cx: &Context<'_>,
    id: TicketId,
) -> Result<Vec<PersonId>> {
    let row = load(cx, WatchersOf(id)).await?;
    Ok(row.map(|row| row.watcher_ids.into_iter().collect()).unwrap_or_default())
}

/// The dossier of a ticket that the caller sees; none when nothing was ever written into it.
pub(in crate::graphql) async fn dossier(
    cx: &Context<'_>,
    id: TicketId,
) -> Result<Option<Arc<DossierRow>>> {
    load(cx, DossierOf(id)).await
}
