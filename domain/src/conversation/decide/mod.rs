//! One verb a file; what both have in common stands here.

pub mod note;
pub mod reply;

use std::collections::BTreeSet;

use super::refusal::ConversationRefusal;
use super::state::Conversation;
use crate::kernel::text::{self, LONG_TEXT_MAX};
use crate::kernel::{CommentId, Context, PersonId, Personal, TicketId};
use crate::ticket::state::Body;

/// How many people one comment calls upon.
pub(super) const MENTIONS_MAX: usize = 20;
/// How long a conversation gets.
pub(super) const COMMENTS_MAX: usize = 10_000;

/// Something said, before it is known whether it may be.
struct Words {
    ticket: TicketId,
    comment: CommentId,
    body: String,
    mentions: BTreeSet<PersonId>,
}

/// Words that may be said, and whose they are.
struct Said {
    author: PersonId,
    body: Personal<String>,
}

impl Words {
    /// K1–K4. None: it was said already. `besides` names whom a mention may mean besides staff.
    fn may_be_said(
        &self,
        conversation: &Conversation,
        cx: &Context,
        besides: fn(&Body) -> Vec<PersonId>,
    ) -> Result<Option<Said>, ConversationRefusal> {
        let ticket = cx.facts.tickets.get(&self.ticket).map(|facts| &facts.ticket);
        let ticket = ticket.ok_or(ConversationRefusal::NotFound)?;
        if let Some(into) = ticket.merged_into {
            return Err(ConversationRefusal::Merged { into });
        }
        let author = cx.doer().ok_or(ConversationRefusal::PersonRequired)?;
        if conversation.comments.contains_key(&self.comment) {
            return Ok(None);
        }
        if conversation.comments.len() >= COMMENTS_MAX {
            return Err(ConversationRefusal::Full);
        }
        let body =
            text::required(&self.body, LONG_TEXT_MAX).map_err(ConversationRefusal::BodyUnfit)?;
        if self.mentions.len() > MENTIONS_MAX {
            return Err(ConversationRefusal::MentionsTooMany);
        }
        let besides = besides(ticket);
        let fits = |person| cx.facts.can_work(person, None) || besides.contains(&person);
        match self.mentions.iter().copied().find(|person| !fits(*person)) {
            Some(person) => Err(ConversationRefusal::MentionUnfit { person }),
            None => Ok(Some(Said { author, body: Personal::of(cx.words_of(), body) })),
        }
    }
}
