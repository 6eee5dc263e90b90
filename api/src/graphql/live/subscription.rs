//! The roots.

use async_graphql::{Context, ID, Result, Subscription};
use domain::kernel::TicketId;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::source::Source;
use super::types::TicketChange;
use crate::graphql::access::SignedIn;
use crate::graphql::error::bad_id;
use crate::graphql::id;

/// What can be listened to.
#[derive(Default)]
pub(in crate::graphql) struct LiveSubscription;

/// What can be listened to.
#[Subscription]
impl LiveSubscription {
    /// What happens to the tickets that you may see, in the order of the log.
    #[graphql(guard = "SignedIn")]
    async fn ticket_changed(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of this ticket alone.")] ticket_id: Option<ID>,
    ) -> Result<BoxStream<'static, Result<TicketChange>>> {
        let only: Option<TicketId> =
            ticket_id.as_ref().map(id::decode).transpose().map_err(bad_id)?;
        let source = Source::open(cx).await?;
        let changes = source.answers(move |_, seen| {
            let wanted = only.is_none_or(|only| only == seen.change.ticket_id);
            wanted.then_some(TicketChange(seen))
        });
        Ok(changes.boxed())
    }
}
