//! The verb of files that is GraphQL; they are attached by plain HTTP.

use async_graphql::{Context, Object, Result};
use journal::attachments::AttachmentStore;

use super::input::TicketDetachInput;
use crate::graphql::access::SignedIn;
use crate::graphql::context::services;
use crate::graphql::ticket::{TicketPayload, steps};

/// Taking files away.
#[derive(Default)]
pub(in crate::graphql) struct AttachmentMutation;

/// Taking files away.
#[Object]
impl AttachmentMutation {
    /// Takes a file from a ticket: one's own; a head of the unit or a director takes anybody's. What
    /// it held is gone.
    #[graphql(guard = "SignedIn")]
    async fn ticket_detach(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which file.")] input: TicketDetachInput,
    ) -> Result<TicketPayload> {
        let attachment = input.attachment();
        let payload = steps::run(cx, input).await?;
        if let Ok(attachment) = attachment {
            // Only what was detached is discarded. What stays for a failure, nobody can reach.
            let store = AttachmentStore::new(services(cx)?.gateway.journal().clone());
            if let Err(error) = store.discard(attachment).await {
                tracing::warn!(%error, "discarding what a file held");
            }
        }
        Ok(payload)
    }
}
