//! The conversation's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::text::TextFault;
use crate::kernel::{PersonId, Refusal, TicketId};

/// Why a command on a conversation is refused. The variant's name is the code: `CONVERSATION_FULL`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "CONVERSATION_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum ConversationRefusal {
    /// K1: there is no ticket to talk about.
    #[error("there is no such ticket")]
    NotFound,
    /// K2
    #[error("the ticket was merged; its conversation goes on elsewhere")]
    Merged {
        /// Where.
        into: TicketId,
    },
    /// K1
    #[error("a person must stand behind this command")]
    PersonRequired,
    /// K1
    #[error("body {0}")]
    BodyUnfit(TextFault),
    /// K3
    #[error("at most {max} people are mentioned", max = super::decide::MENTIONS_MAX)]
    MentionsTooMany,
    /// K3
    #[error("only active staff, or in a reply those whose ticket it is, are mentioned")]
    MentionUnfit {
        /// Which one.
        person: PersonId,
    },
    /// K1
    #[error("a conversation has at most {max} comments", max = super::decide::COMMENTS_MAX)]
    Full,
}

impl Refusal for ConversationRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Merged { .. } | Self::PersonRequired | Self::Full => None,
            Self::BodyUnfit(_) => Some("body"),
            Self::MentionsTooMany | Self::MentionUnfit { .. } => Some("mentionIds"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::Merged { into } => BTreeMap::from([("intoId", json!(into))]),
            Self::MentionUnfit { person } => BTreeMap::from([("personId", json!(person))]),
            _ => BTreeMap::new(),
        }
    }
}
