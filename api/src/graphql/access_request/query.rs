//! One request, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use projections::access_requests::{self, RequestRow};

use super::AccessRequest;
use super::filter::AccessRequestWhere;
use crate::graphql::access::SignedIn;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// What the cursors of the list belong to.
const LIST: &str = "accessRequests";

/// What people ask for.
#[derive(Default)]
pub(in crate::graphql) struct AccessRequestQuery;

/// What people ask for.
#[Object]
impl AccessRequestQuery {
    /// A request; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<AccessRequest>> {
        loader::access_request(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// Requests, the newest first: those you have to do with, or all if you may see them.
    #[graphql(guard = "SignedIn")]
    async fn access_requests(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<AccessRequestWhere>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessRequest>> {
        let pool = services(cx)?.reads.clone();
        let filter = filter.unwrap_or_default().into_filter(cx)?;
        let after: Option<i64> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = access_requests::page(&pool, &filter, size + 1, after).await.map_err(unread)?;
        let edge = |row: RequestRow| (row.submitted_seq, AccessRequest(row));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(async move { access_requests::count(&pool, &filter).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
