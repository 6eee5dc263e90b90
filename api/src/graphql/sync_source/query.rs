//! The list of sources.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::SyncSourceId;
use projections::sync_sources::{self, SyncSourceRow};

use super::SyncSource;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "syncSources";

/// Sources that send items.
#[derive(Default)]
pub(in crate::graphql) struct SyncSourceQuery;

/// Sources that send items.
#[Object]
impl SyncSourceQuery {
    /// The sources that send items, by name.
    #[graphql(guard = "MayRead(Permission::CiRead)")]
    async fn sync_sources(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<SyncSource>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<SyncSourceId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = sync_sources::page(&pool, size + 1, after).await.map_err(unread)?;
        let edge = |row: SyncSourceRow| (row.source_id, SyncSource(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { sync_sources::count(&pool).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
