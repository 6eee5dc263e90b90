//! The list of sources.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::SyncSourceId;
use projections::sync_sources::{self, SyncSourceRow};

use super::SyncSource;
use crate::graphql::access::MayRead;
use crate::graphql::listed::Listed;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, by name.
const LIST: Listed<SyncSourceId, SyncSourceRow> = Listed {
    name: "syncSources",
    key: |row| row.source_id,
    page: |pool, first, after| Box::pin(sync_sources::page(pool, first, after)),
    count: |pool| Box::pin(sync_sources::count(pool)),
};

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
        LIST.shown(cx, (first, after), SyncSource).await
    }
}
