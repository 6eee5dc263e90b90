//! Note: said among staff.

use std::collections::BTreeSet;

use super::Words;
use crate::conversation::event::{ConversationEvent, Noted};
use crate::conversation::refusal::ConversationRefusal;
use crate::conversation::state::Conversation;
use crate::kernel::{CommentId, Context, PersonId, TicketId};

/// K1. Staff alone read it, so staff alone are called upon (K3).
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// The ticket it is said on: the stream's own identity.
    pub ticket: TicketId,
    /// Its identity, new.
    pub comment: CommentId,
    /// At most 20,000 characters.
    pub body: String,
    /// Who is called upon, at most 20.
    pub mentions: BTreeSet<PersonId>,
}

impl Note {
    pub(in crate::conversation) fn decide(
        self,
        conversation: &Conversation,
        cx: &Context,
    ) -> Result<Vec<ConversationEvent>, ConversationRefusal> {
        let Self { ticket, comment, body, mentions } = self;
        let words = Words { ticket, comment, body, mentions };
        let said = words.may_be_said(conversation, cx, |_| Vec::new())?;
        let Some(said) = said else { return Ok(vec![]) };
        Ok(vec![ConversationEvent::Noted(Noted {
            comment,
            author: said.author,
            body: said.body,
            mentions: words.mentions,
        })])
    }
}
