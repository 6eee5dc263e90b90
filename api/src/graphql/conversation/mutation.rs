//! The verb of a conversation.

use async_graphql::{Context, Object, Result};

use super::input::TicketCommentInput;
use crate::graphql::access::SignedIn;
use crate::graphql::ticket::{TicketPayload, steps};

/// What is said on tickets.
#[derive(Default)]
pub(in crate::graphql) struct ConversationMutation;

/// What is said on tickets.
#[Object]
impl ConversationMutation {
    /// Says something on a ticket, in whatever state it is.
    #[graphql(guard = "SignedIn")]
    async fn ticket_comment(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "On which ticket, and what.")] input: TicketCommentInput,
    ) -> Result<TicketPayload> {
        steps::run(cx, input).await
    }
}
