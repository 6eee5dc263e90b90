//! What can have happened about a ticket's quality. These names and shapes are the storage format:
//! add, never rename, never change a meaning. Whose work is judged is stamped when it is drawn, so
//! that figures by unit and person need no other stream.

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::{PersonId, Personal, UnitId};

/// An event of the stream of a ticket's quality.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ticket_quality.", serialize_all = "snake_case")]
pub enum TicketQualityEvent {
    /// See [`SurveySent`].
    SurveySent(SurveySent),
    /// See [`Rated`].
    Rated(Rated),
    /// See [`CheckDrawn`].
    CheckDrawn(CheckDrawn),
    /// See [`Checked`].
    Checked(Checked),
}

impl DomainEvent for TicketQualityEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Whose work it was: the ticket's unit, and who resolved it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WorkOf {
    /// The ticket's unit, if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Who held it last, if anybody did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
}

/// The requester is asked how it was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SurveySent {
    /// Who is asked.
    pub requester: PersonId,
    /// Until when answers are taken; not from then on.
    pub open_until: DateTime<Utc>,
    /// Whose work it is about.
    pub work_of: WorkOf,
}

/// The answer, or another one than before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rated {
    /// 1, bad, to 5, good.
    pub score: u8,
    /// In the rater's words, sealed under the rater's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<Personal<String>>,
    /// Who says so.
    pub rater: PersonId,
    /// Whose work it is about.
    pub work_of: WorkOf,
}

/// The work is to be checked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckDrawn {
    /// Whose work it is.
    pub work_of: WorkOf,
}

/// The work was checked, for the first time or anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Checked {
    /// Which of the deployment's checklists, counted from 1.
    pub checklist_version: u32,
    /// Each of its questions, in its order.
    pub answers: Vec<CheckAnswer>,
    /// The mean by weight, in whole percent.
    pub score: u8,
    /// In the checker's words, sealed under the checker's key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// Who says so.
    pub checker: PersonId,
    /// Whose work it is.
    pub work_of: WorkOf,
}

/// What a check says of one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckAnswer {
    /// As the checklist words it.
    pub question: String,
    /// How much it counts.
    pub weight: u8,
    /// 0 to 100 percent.
    pub score: u8,
}
