//! What the decisions about a ticket's quality need to remember.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{
    CheckAnswer, CheckDrawn, Checked, Rated, SurveySent, TicketQualityEvent, WorkOf,
};
use crate::kernel::{PersonId, Personal};

/// What was said of the work on a ticket: nothing before a sample takes it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketQuality {
    /// The survey, if the requester was asked.
    pub survey: Option<Survey>,
    /// The check, if it was drawn.
    pub check: Option<DrawnCheck>,
}

/// A survey that was sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Survey {
    /// Until when answers are taken; not from then on.
    pub open_until: DateTime<Utc>,
    /// Whose work it is about.
    pub work_of: WorkOf,
    /// The answer that stands.
    pub rating: Option<Rating>,
}

/// An answer to the survey.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the event that sets them")]
pub struct Rating {
    pub score: u8,
    pub comment: Option<Personal<String>>,
    pub rater: PersonId,
}

/// A check that was drawn.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DrawnCheck {
    /// Whose work it is.
    pub work_of: WorkOf,
    /// What was found last.
    pub finding: Option<Finding>,
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the event that sets them")]
pub struct Finding {
    pub checklist_version: u32,
    pub answers: Vec<CheckAnswer>,
    pub score: u8,
    pub note: Option<Personal<String>>,
    pub checker: PersonId,
}

impl Finding {
    /// The event that says so.
    pub(super) fn told_of(self, work_of: WorkOf) -> Checked {
        let Self { checklist_version, answers, score, note, checker } = self;
        Checked { checklist_version, answers, score, note, checker, work_of }
    }
}

impl From<Checked> for Finding {
    fn from(checked: Checked) -> Self {
        let Checked { checklist_version, answers, score, note, checker, work_of: _ } = checked;
        Self { checklist_version, answers, score, note, checker }
    }
}

impl TicketQuality {
    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: TicketQualityEvent) {
        match event {
            TicketQualityEvent::SurveySent(SurveySent { open_until, work_of, requester: _ }) => {
                self.survey.get_or_insert(Survey { open_until, work_of, rating: None });
            }
            TicketQualityEvent::Rated(Rated { score, comment, rater, work_of: _ }) => {
                if let Some(survey) = &mut self.survey {
                    survey.rating = Some(Rating { score, comment, rater });
                }
            }
            TicketQualityEvent::CheckDrawn(CheckDrawn { work_of }) => {
                self.check.get_or_insert(DrawnCheck { work_of, finding: None });
            }
            TicketQualityEvent::Checked(checked) => {
                if let Some(check) = &mut self.check {
                    check.finding = Some(checked.into());
                }
            }
        }
    }
}
