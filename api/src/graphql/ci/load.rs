//! Items, their classes and relations, read in batches: one statement for whatever one level of an
//! answer names of one moment.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Result};
use domain::access::Permission;
use domain::cmdb::Catalogue;
use domain::kernel::CiId;
use projections::cis::{self, At, CiRow, RelationQuery, RelationRow, Way};
use projections::{ReadError, ci_classes};
use tokio::sync::Mutex;

use super::Ci;
use crate::graphql::access::reads_all;
use crate::graphql::context::{load, load_all, loader, services};
use crate::graphql::error::unread;
use crate::graphql::loader::{Loaded, Reads};

/// The classes of each moment that a request asks about, read once.
pub(in crate::graphql) type Catalogues = Mutex<HashMap<At, Arc<Catalogue>>>;

/// An item at a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::graphql) struct ItemAt(CiId, At);

/// The relations of an item that a query finds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct RelationsOf(pub(super) CiId, pub(super) RelationQuery);

#[async_trait]
impl Loader<ItemAt> for Reads {
    type Value = CiRow;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ItemAt]) -> Loaded<ItemAt, CiRow> {
        let mut found = HashMap::new();
        for (at, ids) in parted(keys.iter().map(|key| (key.1, key.0))) {
            for row in cis::by_ids(&self.pool, &ids, at).await? {
                found.insert(ItemAt(row.ci_id, at), row);
            }
        }
        Ok(found)
    }
}

#[async_trait]
impl Loader<RelationsOf> for Reads {
    type Value = Vec<(Way, RelationRow)>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[RelationsOf]) -> Loaded<RelationsOf, Vec<(Way, RelationRow)>> {
        let mut found: HashMap<RelationsOf, Vec<(Way, RelationRow)>> = HashMap::new();
        for (query, ids) in parted(keys.iter().map(|key| (key.1.clone(), key.0))) {
            for (id, way, row) in cis::relations_of(&self.pool, &ids, &query).await? {
                found.entry(RelationsOf(id, query.clone())).or_default().push((way, row));
            }
        }
        Ok(found)
    }
}

/// What is asked, and of which items.
pub(super) fn parted<Q: Eq + Hash>(keys: impl Iterator<Item = (Q, CiId)>) -> HashMap<Q, Vec<CiId>> {
    let mut parts: HashMap<Q, Vec<CiId>> = HashMap::new();
    for (query, id) in keys {
        parts.entry(query).or_default().push(id);
    }
    parts
}

/// The classes of that moment.
pub(in crate::graphql) async fn catalogue(cx: &Context<'_>, at: At) -> Result<Arc<Catalogue>> {
    let services = services(cx)?;
    let mut known = loader(cx)?.loader().catalogues.lock().await;
    if let Some(catalogue) = known.get(&at) {
        return Ok(Arc::clone(catalogue));
    }
    let read = match at {
        At::Now => services.classes.now(&services.reads).await,
        At::After(position) => {
            ci_classes::catalogue_at(&services.reads, position).await.map(Arc::new)
        }
    };
    let catalogue = read.map_err(unread)?;
    known.insert(at, Arc::clone(&catalogue));
    Ok(catalogue)
}

/// An item of that moment, if the caller may see items.
pub(in crate::graphql) async fn ci(cx: &Context<'_>, id: CiId, at: At) -> Result<Option<Ci>> {
    if !reads_all(cx, Permission::CiRead) {
        return Ok(None);
    }
    let row = load(cx, ItemAt(id, at)).await?;
    let Some(row) = row else { return Ok(None) };
    Ok(Some(Ci { row, at, catalogue: catalogue(cx, at).await? }))
}

/// Those of these items that the caller may see, in the same order.
pub(in crate::graphql) async fn cis(cx: &Context<'_>, ids: &[CiId], at: At) -> Result<Vec<Ci>> {
    if ids.is_empty() || !reads_all(cx, Permission::CiRead) {
        return Ok(Vec::new());
    }
    let keys = ids.iter().map(|id| ItemAt(*id, at));
    let mut rows: HashMap<ItemAt, CiRow> = load_all(cx, keys).await?;
    let catalogue = catalogue(cx, at).await?;
    let found = ids.iter().filter_map(|id| rows.remove(&ItemAt(*id, at)));
    Ok(found.map(|row| Ci { row, at, catalogue: Arc::clone(&catalogue) }).collect())
}
