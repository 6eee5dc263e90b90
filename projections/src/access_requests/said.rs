//! What was said about a request: votes, questions and answers.

use chrono::{DateTime, Utc};
use domain::access_request::event::{InfoAsked, InfoGiven, Voted};
use domain::access_request::words::Vote;
use domain::kernel::PersonId;
use serde::{Deserialize, Serialize};

use crate::rows::shown;

/// Somebody said yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoteRow {
    /// At which stage, from 1.
    pub stage: u8,
    /// For whom the seat was meant.
    pub seat_id: PersonId,
    /// Who voted.
    pub by_id: PersonId,
    /// Yes or no.
    pub vote: Vote,
    /// In their words, or the word `erased`.
    pub comment: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Whether something else was asked for since, so that it counts no more.
    pub void: bool,
}

/// A question, and what was answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuestionRow {
    /// Who asked.
    pub by_id: PersonId,
    /// What, or the word `erased`.
    pub question: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Who answered.
    pub answered_by_id: Option<PersonId>,
    /// With what, or the word `erased`.
    pub answer: Option<String>,
    /// When.
    pub answered_at: Option<DateTime<Utc>>,
}

impl VoteRow {
    pub(super) fn of(stage: u8, e: &Voted, at: DateTime<Utc>) -> Self {
        let comment = e.comment.as_ref().map(shown);
        Self { stage, seat_id: e.seat, by_id: e.by, vote: e.vote, comment, at, void: false }
    }
}

impl QuestionRow {
    pub(super) fn of(e: &InfoAsked, at: DateTime<Utc>) -> Self {
        Self {
            by_id: e.by,
            question: shown(&e.question),
            at,
            answered_by_id: None,
            answer: None,
            answered_at: None,
        }
    }

    pub(super) fn answered(&mut self, e: &InfoGiven, at: DateTime<Utc>) {
        self.answered_by_id = Some(e.by);
        self.answer = Some(shown(&e.answer));
        self.answered_at = Some(at);
    }
}
