//! What a conversation's decisions need to remember.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::ConversationEvent;
use crate::kernel::{CommentId, PersonId};

/// A ticket's conversation: silent before its first event. The words themselves decide nothing.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    /// What was said, and by whom.
    pub comments: BTreeMap<CommentId, PersonId>,
}

impl Conversation {
    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: ConversationEvent) {
        let (comment, author) = match event {
            ConversationEvent::Replied(e) => (e.comment, e.author),
            ConversationEvent::Noted(e) => (e.comment, e.author),
        };
        self.comments.entry(comment).or_insert(author);
    }
}
