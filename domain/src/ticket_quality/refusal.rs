//! The "no" about a ticket's quality.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command about a ticket's quality is refused. The variant's name is the code.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "TICKET_QUALITY_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketQualityRefusal {
    /// J1: no such ticket.
    #[error("there is no such ticket")]
    NotFound,
    /// J2
    #[error("samples are drawn by the system, not by people")]
    NotByPeople,
    /// J2
    #[error("samples are drawn of closed tickets that were not merged")]
    NotClosed,
    /// J3, J4
    #[error("a person must stand behind this command")]
    PersonRequired,
    /// J3
    #[error("nobody was asked how the work on this ticket was")]
    NotAsked,
    /// J3
    #[error("the survey is over")]
    SurveyOver,
    /// J3
    #[error("a rating is 1 to 5")]
    RatingUnfit,
    /// J3
    #[error("comment {0}")]
    CommentUnfit(TextFault),
    /// J4
    #[error("the ticket is not to be checked")]
    NotDrawn,
    /// J4
    #[error("there is no checklist in force")]
    NoChecklist,
    /// J4
    #[error("the checklist has no such question")]
    QuestionUnknown {
        /// Which answer, counted from 0.
        index: usize,
    },
    /// J4
    #[error("a question is answered twice")]
    QuestionTwice {
        /// Which answer, counted from 0.
        index: usize,
    },
    /// J4
    #[error("each question of the checklist is answered")]
    QuestionsMissing {
        /// Those that are not.
        questions: Vec<String>,
    },
    /// J4
    #[error("an answer is 0 to 100 percent")]
    AnswerUnfit {
        /// Which answer, counted from 0.
        index: usize,
    },
    /// J4
    #[error("note {0}")]
    NoteUnfit(TextFault),
    /// J5
    #[error("nobody judges what they resolved themselves")]
    OwnWork,
}

impl Refusal for TicketQualityRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound
            | Self::NotByPeople
            | Self::NotClosed
            | Self::PersonRequired
            | Self::NotAsked
            | Self::SurveyOver
            | Self::NotDrawn
            | Self::NoChecklist
            | Self::OwnWork => None,
            Self::RatingUnfit => Some("score"),
            Self::CommentUnfit(_) => Some("comment"),
            Self::QuestionUnknown { .. }
            | Self::QuestionTwice { .. }
            | Self::QuestionsMissing { .. }
            | Self::AnswerUnfit { .. } => Some("answers"),
            Self::NoteUnfit(_) => Some("note"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::QuestionUnknown { index }
            | Self::QuestionTwice { index }
            | Self::AnswerUnfit { index } => BTreeMap::from([("index", json!(index))]),
            Self::QuestionsMissing { questions } => {
                BTreeMap::from([("questions", json!(questions))])
            }
            _ => BTreeMap::new(),
        }
    }
}
