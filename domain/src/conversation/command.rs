//! The conversation's verbs: a table of contents.

pub use super::decide::note::Note;
pub use super::decide::reply::Reply;
use super::event::ConversationEvent;
use super::refusal::ConversationRefusal;
use super::state::Conversation;
use crate::kernel::{Command, Context, Needs};

/// What can be asked of a conversation.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum ConversationCommand {
    Reply(Reply),
    Note(Note),
}

impl Command for ConversationCommand {
    type State = Conversation;
    type Event = ConversationEvent;
    type Refusal = ConversationRefusal;

    fn needs(&self, _conversation: &Conversation) -> Needs {
        let (ticket, mentions) = match self {
            Self::Reply(c) => (c.ticket, &c.mentions),
            Self::Note(c) => (c.ticket, &c.mentions),
        };
        Needs { tickets: [ticket].into(), people: mentions.clone(), ..Needs::default() }
    }

    fn decide(
        self,
        conversation: &Conversation,
        cx: &Context,
    ) -> Result<Vec<ConversationEvent>, ConversationRefusal> {
        match self {
            Self::Reply(c) => c.decide(conversation, cx),
            Self::Note(c) => c.decide(conversation, cx),
        }
    }
}
