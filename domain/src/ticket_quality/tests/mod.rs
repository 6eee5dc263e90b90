//! Given, when, then: one file a verb, one test a rule.

mod check;
mod rate;
mod sample;

use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK, noon};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, PersonId, Personal, TicketFacts};
use crate::settings::{CheckQuestion, Policy, Quality};
use crate::ticket::TicketState;
use crate::ticket_quality::event::{CheckDrawn, Rated, SurveySent, WorkOf};
use crate::ticket_quality::{TicketQualityCommand, TicketQualityEvent, TicketQualityRefusal};

/// Cleo's ticket, reported by Anna, resolved by Ben at the service desk.
fn on(
    state: TicketState,
    events: impl IntoIterator<Item = TicketQualityEvent>,
) -> Given<TicketQualityCommand> {
    let mut ticket: TicketFacts = ticket(state);
    ticket.ticket.last_holder = Some(BEN);
    ticket.ticket.closed_at = Some(noon());
    testing::given(events).knowing(there_are([(THIS, ticket)])).under(policy(100, 100))
}

/// J1: the verb meets no ticket that is not there.
fn needs_its_ticket(
    events: impl IntoIterator<Item = TicketQualityEvent>,
    command: TicketQualityCommand,
) {
    testing::given(events).by_nobody().when(command).refused(TicketQualityRefusal::NotFound);
}

fn policy(survey_percent: u8, check_percent: u8) -> Policy {
    let question = |question: &str, weight| CheckQuestion { question: question.to_owned(), weight };
    let checklist = vec![question("Was it understood?", 2), question("Is it documented?", 1)];
    let quality =
        Quality { survey_percent, survey_days: 14, check_percent, checklist, checklist_version: 3 };
    Policy { quality, ..Policy::shipped() }
}

const WORK_OF: WorkOf = WorkOf { unit: Some(DESK), person: Some(BEN) };

fn over() -> DateTime<Utc> {
    noon() + TimeDelta::days(14)
}

fn asked() -> TicketQualityEvent {
    let survey = SurveySent { requester: CLEO, open_until: over(), work_of: WORK_OF };
    TicketQualityEvent::SurveySent(survey)
}

fn drawn() -> TicketQualityEvent {
    TicketQualityEvent::CheckDrawn(CheckDrawn { work_of: WORK_OF })
}

fn rated(rater: PersonId, score: u8, comment: Option<&str>) -> TicketQualityEvent {
    let sealed = |text: &str| Personal::of(DataSubject::Person(rater), text.to_owned());
    let comment = comment.map(sealed);
    TicketQualityEvent::Rated(Rated { score, comment, rater, work_of: WORK_OF })
}

/// Anna is the author.
const AUTHOR: PersonId = ANNA;
