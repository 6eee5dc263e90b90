//! The queues of whoever asks, and the tickets in one of them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use projections::tickets;

use super::list;
use super::types::Queue;
use crate::graphql::access::{MayReadOwn, scope};
use crate::graphql::error::bad_request;
use crate::graphql::moment::Moment;
use crate::graphql::page::{PageSize, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::{TicketConnection, of_list, page, page_then};

/// Queues.
#[derive(Default)]
pub(in crate::graphql) struct QueueQuery;

/// Queues.
#[Object]
impl QueueQuery {
    /// Your queues: those every desk has as far as they make sense for you, then the saved ones
    /// that you see, by name.
    #[graphql(guard = "MayReadOwn(Permission::QueueRead)")]
    async fn queues(&self, cx: &Context<'_>) -> Result<Vec<Queue>> {
        Ok(list::shown(cx, list::all(cx).await?))
    }

    /// One of your queues; null when you have none of this key.
    #[graphql(guard = "MayReadOwn(Permission::QueueRead)")]
    async fn queue(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "A word such as MY_WORK, or a saved queue's id.")] key: String,
    ) -> Result<Option<Queue>> {
        let known = list::by_key(cx, &key).await?;
        Ok(list::shown(cx, known.into_iter().collect()).pop())
    }

    /// The tickets of one of your queues, in its order, as it is or as it was; null when you have none
    /// of this key. As it was is told to those who may read all tickets and their timelines.
    #[graphql(guard = "MayReadOwn(Permission::QueueRead)")]
    async fn queue_tickets(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "A word such as MY_WORK, or a saved queue's id.")] key: String,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
        #[graphql(desc = "As of when; now when nothing is said.")] history: Option<Moment>,
    ) -> Result<Option<TicketConnection>> {
        let past = of_list(cx, history.unwrap_or_default()).await?;
        let known = match past {
            Some(past) => list::by_key_at(cx, &key, past.then.instant(cx).await?).await?,
            None => list::by_key(cx, &key).await?,
        };
        let Some(known) = known else { return Ok(None) };
        let lined = known.lined.map_err(|unusable| bad_request(unusable.to_string()))?;
        let query = tickets::TicketQuery {
            scope: scope(cx, Permission::TicketRead),
            filter: Some(lined.filter),
            search: None,
            order: lined.order,
            first: rows(first),
            after: after.map(|cursor| tickets::Cursor(cursor.0)),
        };
        match past {
            Some(past) => page_then(cx, query, past).await.map(Some),
            None => page(cx, query).await.map(Some),
        }
    }
}
