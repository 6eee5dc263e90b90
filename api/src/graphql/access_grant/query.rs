//! Grants, exceptions, and the history of both.

use async_graphql::{Context, ID, Object, Result};
use projections::access_grants::{
    self, ChangePlace, ChangeRow, ExceptionRow, GrantFilter, GrantRow,
};

use super::filter::{AccessChangeWhere, AccessExceptionWhere, AccessGrantWhere};
use super::types::{AccessChange, AccessException, AccessGrant, grant, grant_then};
use crate::graphql::access::SignedIn;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::id::decode_grant;
use crate::graphql::moment::Moment;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the lists belong to.
const GRANTS: &str = "grants";
const EXCEPTIONS: &str = "accessExceptions";
const HISTORY: &str = "grantHistory";

/// What shows grants.
const MODELS: [&str; 1] = ["access_grants"];

/// What people, programs and groups may do.
#[derive(Default)]
pub(in crate::graphql) struct AccessGrantQuery;

/// What people, programs and groups may do.
#[Object]
impl AccessGrantQuery {
    /// A grant, as it is or as it was; null when there is none that you may see, or was none.
    #[graphql(guard = "SignedIn")]
    async fn grant(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
        #[graphql(desc = "As of when; now when nothing is said.")] history: Option<Moment>,
    ) -> Result<Option<AccessGrant>> {
        let (subject, id) = decode_grant(&id).map_err(bad_id)?;
        let found = match history.unwrap_or_default().past(cx, &MODELS).await? {
            None => grant(cx, id).await?,
            Some(past) => grant_then(cx, id, past).await?,
        };
        Ok(found.filter(|grant| grant.0.subject == subject))
    }

    /// Grants, as they are or as they were, the newest first, over ones too: yours and those that you
    /// lent, or of everybody whose access you may see and what they lent.
    #[graphql(guard = "SignedIn")]
    async fn grants(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them, as they were then.")] filter: Option<
            AccessGrantWhere,
        >,
        #[graphql(desc = "As of when; now when nothing is said.")] history: Option<Moment>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessGrant>> {
        let pool = services(cx)?.reads.clone();
        let past = history.unwrap_or_default().past(cx, &MODELS).await?;
        let filter = filter.unwrap_or_default().into_filter(cx)?;
        let filter = GrantFilter { as_of: past.map(|past| past.number), ..filter };
        let after: Option<i64> = after.map(|after| place(GRANTS, &after)).transpose()?;
        let size = rows(first);
        let found = access_grants::grants(&pool, &filter, size + 1, after).await.map_err(unread)?;
        let edge = |row: GrantRow| (row.made_seq, AccessGrant(row, past.map(|past| past.then)));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(
                async move { access_grants::grant_count(&pool, &filter).await.map_err(unread) },
            )
        });
        Ok(page_of(GRANTS, (found, size), after.is_some(), edge, count))
    }

    /// Exceptions from rules, the newest first, over ones too, likewise.
    #[graphql(guard = "SignedIn")]
    async fn access_exceptions(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<AccessExceptionWhere>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessException>> {
        let pool = services(cx)?.reads.clone();
        let filter = filter.unwrap_or_default().into_filter(cx)?;
        let after: Option<i64> = after.map(|after| place(EXCEPTIONS, &after)).transpose()?;
        let size = rows(first);
        let found = access_grants::exceptions(&pool, &filter, size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |row: ExceptionRow| (row.made_seq, AccessException(row));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(
                async move { access_grants::exception_count(&pool, &filter).await.map_err(unread) },
            )
        });
        Ok(page_of(EXCEPTIONS, (found, size), after.is_some(), edge, count))
    }

    /// Every change of permissions, in the order of the log: what, of whom, by whom, why, by which
    /// request.
    #[graphql(guard = "SignedIn")]
    async fn grant_history(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<AccessChangeWhere>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<AccessChange>> {
        let pool = services(cx)?.reads.clone();
        let filter = filter.unwrap_or_default().into_filter(cx)?;
        let after: Option<ChangePlace> = after.map(|after| place(HISTORY, &after)).transpose()?;
        let size = rows(first);
        let found =
            access_grants::changes(&pool, &filter, size + 1, after).await.map_err(unread)?;
        let edge = |row: ChangeRow| (row.place(), AccessChange(row));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(
                async move { access_grants::change_count(&pool, &filter).await.map_err(unread) },
            )
        });
        Ok(page_of(HISTORY, (found, size), after.is_some(), edge, count))
    }
}
