//! Check: go through the checklist for a drawn ticket.

use std::collections::BTreeMap;

use super::{judge, ticket_in};
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{Context, Personal, TicketId};
use crate::settings::state::CheckQuestion;
use crate::ticket_quality::event::{CheckAnswer, TicketQualityEvent};
use crate::ticket_quality::refusal::TicketQualityRefusal;
use crate::ticket_quality::state::{Finding, TicketQuality};

/// J4, J5. The same findings again change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// Which ticket: the stream's own identity.
    pub ticket: TicketId,
    /// Each question of the checklist in force once, in any order.
    pub answers: Vec<Answer>,
    /// At most 2,000 characters.
    pub note: Option<String>,
}

/// An answer to a question of the checklist.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// As the checklist words it.
    pub question: String,
    /// 0 to 100 percent.
    pub score: u8,
}

impl Check {
    pub(in crate::ticket_quality) fn decide(
        self,
        quality: &TicketQuality,
        cx: &Context,
    ) -> Result<Vec<TicketQualityEvent>, TicketQualityRefusal> {
        ticket_in(cx, self.ticket)?;
        let drawn = quality.check.as_ref().ok_or(TicketQualityRefusal::NotDrawn)?;
        let checker = judge(cx, drawn.work_of)?;
        let answers = answered(&cx.policy.quality.checklist, self.answers)?;
        let note = self.note.map(|note| text::required(&note, REASON_MAX)).transpose();
        let note = note.map_err(TicketQualityRefusal::NoteUnfit)?;
        let finding = Finding {
            checklist_version: cx.policy.quality.checklist_version,
            score: score(&answers),
            answers,
            note: note.map(|note| Personal::of(cx.words_of(), note)),
            checker,
        };
        if drawn.finding.as_ref() == Some(&finding) {
            return Ok(vec![]);
        }
        Ok(vec![TicketQualityEvent::Checked(finding.told_of(drawn.work_of))])
    }
}

/// J4: the checklist with its answers, in its order.
fn answered(
    checklist: &[CheckQuestion],
    given: Vec<Answer>,
) -> Result<Vec<CheckAnswer>, TicketQualityRefusal> {
    if checklist.is_empty() {
        return Err(TicketQualityRefusal::NoChecklist);
    }
    let mut scores: BTreeMap<&str, u8> = BTreeMap::new();
    for (index, answer) in given.iter().enumerate() {
        let question = checklist.iter().find(|known| known.question == answer.question.trim());
        let question = question.ok_or(TicketQualityRefusal::QuestionUnknown { index })?;
        if answer.score > 100 {
            return Err(TicketQualityRefusal::AnswerUnfit { index });
        }
        if scores.insert(&question.question, answer.score).is_some() {
            return Err(TicketQualityRefusal::QuestionTwice { index });
        }
    }
    let is_open = |known: &&CheckQuestion| !scores.contains_key(known.question.as_str());
    let questions: Vec<String> =
        checklist.iter().filter(is_open).map(|known| known.question.clone()).collect();
    if !questions.is_empty() {
        return Err(TicketQualityRefusal::QuestionsMissing { questions });
    }
    let answer = |CheckQuestion { question, weight }: &CheckQuestion| CheckAnswer {
        question: question.clone(),
        weight: *weight,
        score: scores.get(question.as_str()).copied().unwrap_or_default(),
    };
    Ok(checklist.iter().map(answer).collect())
}

/// J4: the mean by weight, in whole percent, rounded half up.
fn score(answers: &[CheckAnswer]) -> u8 {
    let weights: u32 = answers.iter().map(|it| u32::from(it.weight)).sum();
    let points: u32 = answers.iter().map(|it| u32::from(it.weight) * u32::from(it.score)).sum();
    let mean = (2 * points + weights) / (2 * weights.max(1));
    u8::try_from(mean).unwrap_or(100)
}
