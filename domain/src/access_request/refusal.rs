//! The request's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::{
    AHEAD_MAX_DAYS, AMENDMENTS_MAX, EXCEPTION_MAX_DAYS, PASSES_MAX, QUESTIONS_MAX,
};
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a request is refused. The variant's name is the code:
/// `ACCESS_REQUEST_NOT_APPROVER`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ACCESS_REQUEST_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum AccessRequestRefusal {
    /// AR1: no such request.
    #[error("there is no such access request")]
    NotFound,
    /// AR1: submitted already.
    #[error("the access request exists already")]
    Exists,
    /// AR1
    #[error("access is asked for those who are active alone")]
    BeneficiaryUnfit,
    /// AR1
    #[error("there is no such role that could be requested")]
    RoleUnfit,
    /// AR1
    #[error("justification {0}")]
    JustificationUnfit(TextFault),
    /// AR1
    #[error("a justification has at least {min} characters")]
    JustificationTooShort {
        /// As the policy says.
        min: u16,
    },
    /// AR1
    #[error("access begins within {AHEAD_MAX_DAYS} days")]
    StartUnfit,
    /// AR1
    #[error("this has an end")]
    EndMissing,
    /// AR1
    #[error("access ends after its beginning, an exception within {EXCEPTION_MAX_DAYS} days")]
    EndUnfit,
    /// AR1
    #[error("control {0}")]
    ControlUnfit(TextFault),
    /// AR5
    #[error("no stage of the request waits for votes")]
    NotAwaiting,
    /// AR5
    #[error("people decide in person")]
    NotInPerson,
    /// AR5
    #[error("only whoever has a seat at the stage may do this")]
    NotApprover,
    /// AR5
    #[error("nobody decides what they ask for or benefit from, with no account of theirs")]
    OwnRequest,
    /// AR5
    #[error("this person may not decide a request of this risk")]
    MayNotDecide,
    /// AR5
    #[error("the seat has voted already")]
    VotedAlready,
    /// AR5
    #[error("this person's vote was counted at an earlier stage")]
    CountedAlready,
    /// AR5
    #[error("comment {0}")]
    CommentUnfit(TextFault),
    /// AR6
    #[error("the stage has no such seat")]
    SeatUnknown,
    /// AR6
    #[error("a seat goes to somebody who could vote and has none yet")]
    SuccessorUnfit,
    /// AR6
    #[error("the seats of a stage are passed on {PASSES_MAX} times at most")]
    PassedTooOften,
    /// AR8
    #[error("a request is amended {AMENDMENTS_MAX} times at most")]
    AmendedTooOften,
    /// AR9, AR11
    #[error("only whoever asked for it or benefits may do this")]
    NotYours,
    /// AR9
    #[error("the request is over")]
    Over,
    /// AR10
    #[error("the request is not approved")]
    NotApproved,
    /// AR10
    #[error("the access begins later")]
    TooEarly,
    /// AR10
    #[error("the access is not active")]
    NotActive,
    /// AR11
    #[error("question {0}")]
    QuestionUnfit(TextFault),
    /// AR11
    #[error("{QUESTIONS_MAX} questions were asked already")]
    TooManyQuestions,
    /// AR11
    #[error("there is no question to answer")]
    NotAsked,
    /// AR11
    #[error("answer {0}")]
    AnswerUnfit(TextFault),
}

impl Refusal for AccessRequestRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::BeneficiaryUnfit => Some("beneficiary"),
            Self::RoleUnfit => Some("roleId"),
            Self::JustificationUnfit(_) | Self::JustificationTooShort { .. } => {
                Some("justification")
            }
            Self::StartUnfit => Some("from"),
            Self::EndMissing | Self::EndUnfit => Some("until"),
            Self::ControlUnfit(_) => Some("control"),
            Self::CommentUnfit(_) => Some("comment"),
            Self::SeatUnknown => Some("seatId"),
            Self::SuccessorUnfit => Some("toId"),
            Self::QuestionUnfit(_) => Some("question"),
            Self::AnswerUnfit(_) => Some("answer"),
            Self::NotFound
            | Self::Exists
            | Self::NotAwaiting
            | Self::NotInPerson
            | Self::NotApprover
            | Self::OwnRequest
            | Self::MayNotDecide
            | Self::VotedAlready
            | Self::CountedAlready
            | Self::PassedTooOften
            | Self::AmendedTooOften
            | Self::NotYours
            | Self::Over
            | Self::NotApproved
            | Self::TooEarly
            | Self::NotActive
            | Self::TooManyQuestions
            | Self::NotAsked => None,
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::JustificationTooShort { min } => BTreeMap::from([("min", json!(min))]),
            Self::StartUnfit => BTreeMap::from([("maxDays", json!(AHEAD_MAX_DAYS))]),
            Self::PassedTooOften => BTreeMap::from([("max", json!(PASSES_MAX))]),
            Self::AmendedTooOften => BTreeMap::from([("max", json!(AMENDMENTS_MAX))]),
            Self::TooManyQuestions => BTreeMap::from([("max", json!(QUESTIONS_MAX))]),
            _ => BTreeMap::new(),
        }
    }
}
