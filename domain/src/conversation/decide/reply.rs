//! Reply: said to everybody who sees the ticket.

use std::collections::BTreeSet;

use super::Words;
use crate::conversation::event::{ConversationEvent, Replied};
use crate::conversation::refusal::ConversationRefusal;
use crate::conversation::state::Conversation;
use crate::kernel::{CommentId, Context, PersonId, TicketId};

/// K1. Whoever sees the ticket reads it; those whose ticket it is may be called upon (K3).
#[derive(Debug, Clone, PartialEq)]
pub struct Reply {
    /// The ticket it is said on: the stream's own identity.
    pub ticket: TicketId,
    /// Its identity, new.
    pub comment: CommentId,
    /// At most 20,000 characters.
    pub body: String,
    /// Who is called upon, at most 20.
    pub mentions: BTreeSet<PersonId>,
}

impl Reply {
    pub(in crate::conversation) fn decide(
        self,
        conversation: &Conversation,
        cx: &Context,
    ) -> Result<Vec<ConversationEvent>, ConversationRefusal> {
        let Self { ticket, comment, body, mentions } = self;
        let words = Words { ticket, comment, body, mentions };
        let said =
            words.may_be_said(conversation, cx, |ticket| vec![ticket.requester, ticket.author])?;
        let Some(said) = said else { return Ok(vec![]) };
        Ok(vec![ConversationEvent::Replied(Replied {
            comment,
            author: said.author,
            body: said.body,
            mentions: words.mentions,
        })])
    }
}
