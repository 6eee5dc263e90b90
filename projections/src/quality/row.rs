//! The row, and how an event changes it.

use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, Personal, TicketId, UnitId};
use domain::ticket_quality::TicketQualityEvent;
use domain::ticket_quality::event::CheckAnswer;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::{micros, shown};

/// How good the work on a ticket was. Personal texts are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualityRow {
    /// The ticket.
    pub ticket_id: TicketId,
    /// When the requester was asked, if they were.
    pub survey_sent_at: Option<DateTime<Utc>>,
    /// Until when answers are taken; not from then on.
    pub survey_open_until: Option<DateTime<Utc>>,
    /// Whose unit's work the survey is about, if it had one.
    pub survey_unit_id: Option<UnitId>,
    /// Whose work the survey is about, if somebody resolved the ticket.
    pub survey_person_id: Option<PersonId>,
    /// The answer, 1 to 5.
    pub rating: Option<i16>,
    /// In the rater's words.
    pub rating_comment: Option<String>,
    /// Whose answer.
    pub rater_id: Option<PersonId>,
    /// When they gave the answer that stands.
    pub rated_at: Option<DateTime<Utc>>,
    /// When it was drawn for a check, if it was.
    pub check_drawn_at: Option<DateTime<Utc>>,
    /// Whose unit's work is checked, if it had one.
    pub check_unit_id: Option<UnitId>,
    /// Whose work is checked, if somebody resolved the ticket.
    pub check_person_id: Option<PersonId>,
    /// What was found last, in percent.
    pub check_score: Option<i16>,
    /// By which checklist.
    pub checklist_version: Option<i64>,
    /// Each of its questions with its weight and score; empty before the check.
    pub check_answers: Vec<CheckAnswer>,
    /// In the checker's words.
    pub check_note: Option<String>,
    /// Whose finding.
    pub checker_id: Option<PersonId>,
    /// When it was found.
    pub checked_at: Option<DateTime<Utc>>,
    /// The number of its events.
    pub version: i64,
}

impl QualityRow {
    /// The row after an event, whatever was before.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        quality_event: &TicketQualityEvent,
        id: TicketId,
    ) -> Self {
        let row = row.unwrap_or_else(|| Self::empty(id));
        let at = Some(micros(event.meta.occurred_at));
        Self { version: event.sequence, ..row.after(quality_event, at) }
    }

    fn after(self, event: &TicketQualityEvent, at: Option<DateTime<Utc>>) -> Self {
        let text = |text: &Option<Personal<String>>| text.as_ref().map(shown);
        match event {
            TicketQualityEvent::SurveySent(e) => Self {
                survey_sent_at: at,
                survey_open_until: Some(micros(e.open_until)),
                survey_unit_id: e.work_of.unit,
                survey_person_id: e.work_of.person,
                ..self
            },
            TicketQualityEvent::Rated(e) => Self {
                rating: Some(e.score.into()),
                rating_comment: text(&e.comment),
                rater_id: Some(e.rater),
                rated_at: at,
                ..self
            },
            TicketQualityEvent::CheckDrawn(e) => Self {
                check_drawn_at: at,
                check_unit_id: e.work_of.unit,
                check_person_id: e.work_of.person,
                ..self
            },
            TicketQualityEvent::Checked(e) => Self {
                check_score: Some(e.score.into()),
                checklist_version: Some(e.checklist_version.into()),
                check_answers: e.answers.clone(),
                check_note: text(&e.note),
                checker_id: Some(e.checker),
                checked_at: at,
                ..self
            },
        }
    }

    fn empty(ticket_id: TicketId) -> Self {
        Self {
            ticket_id,
            survey_sent_at: None,
            survey_open_until: None,
            survey_unit_id: None,
            survey_person_id: None,
            rating: None,
            rating_comment: None,
            rater_id: None,
            rated_at: None,
            check_drawn_at: None,
            check_unit_id: None,
            check_person_id: None,
            check_score: None,
            checklist_version: None,
            check_answers: Vec::new(),
            check_note: None,
            checker_id: None,
            checked_at: None,
            version: 0,
        }
    }
}
