//! The roots.

use async_graphql::{Context, ID, Result, Subscription};
use domain::access::Permission;
use domain::kernel::TicketId;
use futures_util::StreamExt;
use futures_util::stream::BoxStream;

use super::crossing::SlaCrossing;
use super::notices::Notices;
use super::queue::Membership;
use super::source::Source;
use super::types::{QueueChange, TicketChange};
use crate::graphql::access::{MayReadOwn, SignedIn};
use crate::graphql::error::{bad_id, forbidden};
use crate::graphql::id;
use crate::graphql::notice::Notice;

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
        let changes = source.changes(move |seen| {
            let wanted = only.is_none_or(|only| only == seen.change.ticket_id);
            Ok(wanted.then_some(TicketChange(seen)))
        });
        Ok(changes.boxed())
    }

    /// What comes into a queue, leaves it, or changes within it, as far as you may see it. What
    /// moves because your own rights change is not told; read the queue again when they do.
    #[graphql(guard = "MayReadOwn(Permission::QueueRead)")]
    async fn queue_changed(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of the queue with this key: MY_WORK, or the identity of a saved one.")]
        key: String,
    ) -> Result<BoxStream<'static, Result<QueueChange>>> {
        let queue = Membership::of(cx, &key).await?;
        let changes = Source::open(cx).await?.changes(move |seen| {
            let effect = queue.effect(&seen)?;
            Ok(effect.map(|effect| QueueChange(seen, effect)))
        });
        Ok(changes.boxed())
    }

    /// Each threshold that a clock of a ticket went beyond, as it is recorded: of the tickets that you
    /// may see.
    #[graphql(guard = "SignedIn")]
    async fn sla_at_risk(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of this ticket alone.")] ticket_id: Option<ID>,
    ) -> Result<BoxStream<'static, Result<SlaCrossing>>> {
        let only: Option<TicketId> =
            ticket_id.as_ref().map(id::decode).transpose().map_err(bad_id)?;
        let crossings = Source::open(cx).await?.crossings(move |crossing| {
            only.is_none_or(|only| only == crossing.ticket_id).then_some(SlaCrossing(crossing))
        });
        Ok(crossings.boxed())
    }

    /// What you are told, as it comes up.
    #[graphql(guard = "MayReadOwn(Permission::NoticeRead)")]
    async fn notifications(&self, cx: &Context<'_>) -> Result<BoxStream<'static, Result<Notice>>> {
        let Some(notices) = Notices::open(cx).await? else { return Err(forbidden()) };
        Ok(notices.rows().map(|row| row.map(Notice::from)).boxed())
    }
}
