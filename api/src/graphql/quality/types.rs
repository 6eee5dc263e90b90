//! What is known of a ticket's quality, as a row of the read side.

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use domain::ticket_quality::event::CheckAnswer;
use projections::quality::QualityRow;

use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::ticket::Ticket;
use crate::graphql::unit::Unit;

/// How good the work on a ticket was.
pub(in crate::graphql) struct TicketQuality {
    pub(super) row: QualityRow,
    /// Whether the caller is told of checks.
    pub(super) full: bool,
}

/// What whoever asked for the work says of it.
pub(super) struct TicketRating(QualityRow, i16);

/// That the work is to be checked, and what was found.
pub(super) struct QualityCheck(QualityRow, DateTime<Utc>);

/// The answer to a question of the checklist.
pub(super) struct QualityCheckAnswer(CheckAnswer);

/// A ticket that is still to be checked.
pub(in crate::graphql) struct DueQualityCheck(pub(super) QualityRow);

/// How good the work on a ticket was.
#[Object]
impl TicketQuality {
    /// When the requester was asked; null when they were not.
    async fn survey_sent_at(&self) -> Option<DateTime<Utc>> {
        self.row.survey_sent_at
    }

    /// Until when answers are taken; not from then on.
    async fn survey_open_until(&self) -> Option<DateTime<Utc>> {
        self.row.survey_open_until
    }

    /// The answer that stands; null before there is one.
    async fn rating(&self) -> Option<TicketRating> {
        self.row.rating.map(|score| TicketRating(self.row.clone(), score))
    }

    /// Whether it is to be checked, and what was found; null when it was not drawn, and for those
    /// whose ticket it is alone.
    async fn check(&self) -> Option<QualityCheck> {
        let drawn_at = self.row.check_drawn_at.filter(|_| self.full)?;
        Some(QualityCheck(self.row.clone(), drawn_at))
    }
}

/// What whoever asked for the work says of it.
#[Object]
impl TicketRating {
    /// 1, bad, to 5, good.
    async fn score(&self) -> i16 {
        self.1
    }

    /// In their words; "erased" when their personal data were destroyed.
    async fn comment(&self) -> Option<&str> {
        self.0.rating_comment.as_deref()
    }

    /// When they said so last.
    async fn at(&self) -> Option<DateTime<Utc>> {
        self.0.rated_at
    }

    /// Who says so.
    async fn by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.rater_id else { return Ok(None) };
        loader::person(cx, id).await
    }
}

/// That the work is to be checked, and what was found.
#[Object]
impl QualityCheck {
    /// When it was drawn.
    async fn drawn_at(&self) -> DateTime<Utc> {
        self.1
    }

    /// The mean of the answers by weight, in percent; null before the check.
    async fn score(&self) -> Option<i16> {
        self.0.check_score
    }

    /// Which of the deployment's checklists, counted from 1; null before the check.
    async fn checklist_version(&self) -> Option<i64> {
        self.0.checklist_version
    }

    /// Each question with its answer; none before the check.
    async fn answers(&self) -> Vec<QualityCheckAnswer> {
        self.0.check_answers.iter().cloned().map(QualityCheckAnswer).collect()
    }

    /// In the checker's words; "erased" when their personal data were destroyed.
    async fn note(&self) -> Option<&str> {
        self.0.check_note.as_deref()
    }

    /// Who checked it.
    async fn by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.checker_id else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// When it was checked last.
    async fn at(&self) -> Option<DateTime<Utc>> {
        self.0.checked_at
    }
}

/// The answer to a question of the checklist.
#[Object]
impl QualityCheckAnswer {
    /// As the checklist words it.
    async fn question(&self) -> &str {
        &self.0.question
    }

    /// How much it counts, 1 to 100.
    async fn weight(&self) -> u8 {
        self.0.weight
    }

    /// 0 to 100 percent.
    async fn score(&self) -> u8 {
        self.0.score
    }
}

/// A ticket that is still to be checked.
#[Object]
impl DueQualityCheck {
    /// When it was drawn.
    async fn drawn_at(&self) -> Option<DateTime<Utc>> {
        self.0.check_drawn_at
    }

    /// Whose unit's work it is.
    async fn unit(&self, cx: &Context<'_>) -> Result<Option<Unit>> {
        let Some(id) = self.0.check_unit_id else { return Ok(None) };
        loader::unit(cx, id).await
    }

    /// Whose work it is: who resolved it.
    async fn resolved_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let Some(id) = self.0.check_person_id else { return Ok(None) };
        loader::person(cx, id).await
    }

    /// The ticket; null when it is another unit's since and you may not see it.
    async fn ticket(&self, cx: &Context<'_>) -> Result<Option<Ticket>> {
        loader::ticket(cx, self.0.ticket_id).await
    }
}
