//! One service account, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::ServiceAccountId;
use projections::service_accounts::{self, ServiceAccountRow};

use super::ServiceAccount;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::id;
use crate::graphql::loader;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "serviceAccounts";

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
        let pool = services(cx)?.reads.clone();
        let after: Option<ServiceAccountId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = service_accounts::page(&pool, size + 1, after).await.map_err(unread)?;
        let edge = |row: ServiceAccountRow| (row.account_id, ServiceAccount(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { service_accounts::count(&pool).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
