//! Saying something.

use async_graphql::{ID, InputObject};
use domain::conversation::ConversationCommand;
use domain::conversation::command::{Note, Reply};
use domain::kernel::CommentId;

use crate::gateway::Step;
use crate::graphql::input::{several, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::steps::{Sender, Steps, StepsInput};

/// Something said on a ticket: to everybody who sees it, or among staff.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketCommentInput {
    /// Which ticket.
    ticket_id: ID,
    /// What, at most 20,000 characters.
    body: String,
    /// Whether staff alone read it.
    #[graphql(default)]
    internal: bool,
    /// Who is called upon, at most 20: active staff, or unless it is internal those whose ticket
    /// it is.
    mention_ids: Option<Vec<ID>>,
    #[graphql(flatten)]
    common: Common,
}

impl StepsInput for TicketCommentInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, sender: &Sender) -> Result<Steps, UserError> {
        let ticket = single("ticketId", &self.ticket_id)?;
        let mentions = several("mentionIds", self.mention_ids.as_deref())?;
        let (comment, body) = (CommentId(sender.fresh), self.body);
        let command = if self.internal {
            ConversationCommand::Note(Note { ticket, comment, body, mentions })
        } else {
            ConversationCommand::Reply(Reply { ticket, comment, body, mentions })
        };
        Ok(Steps::one(ticket, Step::Conversation(ticket, command)))
    }
}
