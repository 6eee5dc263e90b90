//! One's notices.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use projections::notices;

use super::Notice;
use crate::graphql::access::{MayReadOwn, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "notifications";

/// Notices.
#[derive(Default)]
pub(in crate::graphql) struct NoticeQuery;

/// Notices.
#[Object]
impl NoticeQuery {
    /// What you are told about tickets and access requests, the newest first.
    #[graphql(guard = "MayReadOwn(Permission::NoticeRead)")]
    async fn notifications(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What you have not marked as read alone.", default)] unread_only: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Notice>> {
        let caller = working_caller(cx)?;
        let Some(known) = &caller.person else { return Ok(Connection::whole(Vec::new())) };
        let (pool, person) = (services(cx)?.reads.clone(), known.who.person);
        let after: Option<i64> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = notices::page(&pool, person, unread_only, size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |told: notices::Notice| (told.row.global_seq, told.into());
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move {
                match unread_only {
                    true => notices::unread_count(&pool, person).await,
                    false => notices::count(&pool, person).await,
                }
                .map_err(unread)
            })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
