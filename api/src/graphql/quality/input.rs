//! Judging the work on a ticket; each input ends in a step.

use async_graphql::{ID, InputObject};
use domain::ticket_quality::TicketQualityCommand;
use domain::ticket_quality::command::{Answer, Check, Rate};
use serde_json::json;

use crate::gateway::Step;
use crate::graphql::input::{one_way, single, small};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::steps::{Sender, Steps, StepsInput};

/// How the work on one's ticket was.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketRateInput {
    /// Which ticket.
    ticket_id: ID,
    /// 1, bad, to 5, good.
    score: i32,
    /// In your words, at most 2,000 characters.
    comment: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// An answer to a question of the checklist: whether it is so, or how far.
#[derive(Debug, Clone, InputObject)]
struct QualityAnswerInput {
    /// As the checklist words it.
    question: String,
    /// Whether it is so: 100 percent or 0; not together with a score.
    passed: Option<bool>,
    /// How far it is so, 0 to 100 percent; not together with passed.
    score: Option<i32>,
}

/// What a check of a drawn ticket found.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketCheckQualityInput {
    /// Which ticket.
    ticket_id: ID,
    /// Each question of the checklist in force, once.
    answers: Vec<QualityAnswerInput>,
    /// In your words, at most 2,000 characters.
    note: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

impl StepsInput for TicketRateInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, _sender: &Sender) -> Result<Steps, UserError> {
        let ticket = single("ticketId", &self.ticket_id)?;
        let rate = Rate { ticket, score: small(self.score, u8::MAX), comment: self.comment };
        Ok(Steps::one(ticket, Step::Quality(ticket, TicketQualityCommand::Rate(rate))))
    }
}

impl StepsInput for TicketCheckQualityInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, _sender: &Sender) -> Result<Steps, UserError> {
        let ticket = single("ticketId", &self.ticket_id)?;
        let answers = self.answers.into_iter().enumerate();
        let answers = answers.map(answer).collect::<Result<_, UserError>>()?;
        let check = TicketQualityCommand::Check(Check { ticket, answers, note: self.note });
        Ok(Steps::one(ticket, Step::Quality(ticket, check)))
    }
}

fn answer((index, given): (usize, QualityAnswerInput)) -> Result<Answer, UserError> {
    let score = match (given.passed, given.score) {
        (Some(passed), None) => u8::from(passed) * 100,
        (None, Some(score)) => small(score, u8::MAX),
        _ => {
            let error = one_way("answers", "say whether it passed or its score, not both");
            return Err(error.with("place", json!(format!("answers[{index}]"))));
        }
    };
    Ok(Answer { question: given.question, score })
}
