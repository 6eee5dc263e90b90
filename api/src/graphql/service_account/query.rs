//! One service account, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::ServiceAccountId;
use projections::service_accounts::{self, ServiceAccountRow};

use super::ServiceAccount;
use crate::graphql::access::MayRead;
use crate::graphql::error::bad_id;
use crate::graphql::id;
use crate::graphql::listed::Listed;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, by name.
const LIST: Listed<ServiceAccountId, ServiceAccountRow> = Listed {
    name: "serviceAccounts",
    key: |row| row.account_id,
    page: |pool, first, after| Box::pin(service_accounts::page(pool, first, after)),
    count: |pool| Box::pin(service_accounts::count(pool)),
};

/// Programs that may do a few things.
#[derive(Default)]
pub(in crate::graphql) struct ServiceAccountQuery;

/// Programs that may do a few things.
#[Object]
impl ServiceAccountQuery {
    /// A service account; null when there is none.
    #[graphql(guard = "MayRead(Permission::ServiceAccountRead)")]
    async fn service_account(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<ServiceAccount>> {
        loader::service_account(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// All service accounts by name, retired ones too.
    #[graphql(guard = "MayRead(Permission::ServiceAccountRead)")]
    async fn service_accounts(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<ServiceAccount>> {
        LIST.shown(cx, (first, after), ServiceAccount).await
    }
}
