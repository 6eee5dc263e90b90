//! One erasure, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::ErasureId;
use projections::erasures::{self, ErasureRow};

use super::Erasure;
use crate::graphql::access::{MayRead, MayReadOwn};
use crate::graphql::error::bad_id;
use crate::graphql::id;
use crate::graphql::listed::Listed;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, the newest first.
const LIST: Listed<ErasureId, ErasureRow> = Listed {
    name: "erasures",
    key: |row| row.erasure_id,
    page: |pool, first, after| Box::pin(erasures::page(pool, first, after)),
    count: |pool| Box::pin(erasures::count(pool)),
};

/// Who is to be erased, and who was.
#[derive(Default)]
pub(in crate::graphql) struct ErasureQuery;

/// Who is to be erased, and who was.
#[Object]
impl ErasureQuery {
    /// An erasure; null when there is none that you may see.
    #[graphql(guard = "MayReadOwn(Permission::ErasureRead)")]
    async fn erasure(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Erasure>> {
        loader::erasure(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// All erasures, the newest first.
    #[graphql(guard = "MayRead(Permission::ErasureRead)")]
    async fn erasures(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Erasure>> {
        LIST.shown(cx, (first, after), Erasure).await
    }
}
