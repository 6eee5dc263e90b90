//! What can have happened to a conversation. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::{CommentId, PersonId, Personal};

/// An event of a conversation's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "conversation.", serialize_all = "snake_case")]
pub enum ConversationEvent {
    /// See [`Replied`].
    Replied(Replied),
    /// See [`Noted`].
    Noted(Noted),
}

impl DomainEvent for ConversationEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Said to everybody who sees the ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replied {
    /// Its identity.
    pub comment: CommentId,
    /// Whose words.
    pub author: PersonId,
    /// The words, sealed under the author's key.
    pub body: Personal<String>,
    /// Who is called upon.
    pub mentions: BTreeSet<PersonId>,
}

/// Said among staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Noted {
    /// Its identity.
    pub comment: CommentId,
    /// Whose words.
    pub author: PersonId,
    /// The words, sealed under the author's key.
    pub body: Personal<String>,
    /// Who is called upon.
    pub mentions: BTreeSet<PersonId>,
}
