//! One verb a file, and what several of them do.

pub mod activate;
pub mod amend;
pub mod answer;
pub mod approve;
pub mod ask_info;
pub mod delegate;
pub mod end;
pub mod fail_activation;
pub mod note_deadline;
pub mod reassign;
pub mod reject;
pub mod submit;
pub mod vacate;
pub mod void;
pub mod withdraw;

use chrono::TimeDelta;

use super::event::{
    AccessRequestEvent, Approved, PolicyChecked, Rejected, SeatPassed, StageOpened, Voted,
};
use super::known::RequestFacts;
use super::plan::plan;
use super::refusal::AccessRequestRefusal;
use super::state::{Body, Round};
use super::wanted::{Rejection, Wanted, What};
use super::words::{Outcome, Passing, Vote};
use crate::access::model::{AccessSubject, Human};
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{Actor, Context, PersonId, Personal};

/// How far ahead access can begin, in days.
pub(super) const AHEAD_MAX_DAYS: i64 = 366;
/// How long an exception lasts at most, in days.
pub(super) const EXCEPTION_MAX_DAYS: i64 = 90;
/// How often the seats of a stage are passed on.
pub(super) const PASSES_MAX: u8 = 20;
/// How many questions a request is asked.
pub(super) const QUESTIONS_MAX: u8 = 20;
/// How often a request is amended.
pub(super) const AMENDMENTS_MAX: u8 = 20;

type Decided = Result<Vec<AccessRequestEvent>, AccessRequestRefusal>;

/// What is known for the request, else AR1's refusal: nothing is known of a role that does not exist.
fn known(cx: &Context) -> Result<&RequestFacts, AccessRequestRefusal> {
    cx.facts.access.request.as_deref().ok_or(AccessRequestRefusal::RoleUnfit)
}

/// AR1: what is wanted, as it is stored; a beginning that was before now is none.
fn fit_wanted(
    mut wanted: Wanted,
    facts: &RequestFacts,
    cx: &Context,
) -> Result<Wanted, AccessRequestRefusal> {
    wanted.from = wanted.from.filter(|from| *from > cx.now);
    let from = wanted.from.unwrap_or(cx.now);
    if from - cx.now > TimeDelta::days(AHEAD_MAX_DAYS) {
        return Err(AccessRequestRefusal::StartUnfit);
    }
    if wanted.until.is_some_and(|until| until <= from) {
        return Err(AccessRequestRefusal::EndUnfit);
    }
    match &mut wanted.what {
        What::Role { .. } => {
            let fits = facts.role.filter(|role| role.requestable && !role.retired);
            let role = fits.ok_or(AccessRequestRefusal::RoleUnfit)?;
            if role.max_duration.is_some() && wanted.until.is_none() {
                return Err(AccessRequestRefusal::EndMissing);
            }
        }
        What::Exception { control, .. } => {
            *control =
                text::required(control, REASON_MAX).map_err(AccessRequestRefusal::ControlUnfit)?;
            let until = wanted.until.ok_or(AccessRequestRefusal::EndMissing)?;
            if until - from > TimeDelta::days(EXCEPTION_MAX_DAYS) {
                return Err(AccessRequestRefusal::EndUnfit);
            }
        }
    }
    Ok(wanted)
}

/// AR1: sealed as whoever asks says it.
fn fit_justification(
    typed: &str,
    facts: &RequestFacts,
    cx: &Context,
) -> Result<Personal<String>, AccessRequestRefusal> {
    let min = facts.policy.justification_min;
    let said =
        text::required(typed, REASON_MAX).map_err(AccessRequestRefusal::JustificationUnfit)?;
    if said.chars().count() < usize::from(min) {
        return Err(AccessRequestRefusal::JustificationTooShort { min });
    }
    Ok(Personal::of(cx.words_of(), said))
}

/// AR2 to AR4: what the rules make of it.
fn check(wanted: &Wanted, facts: &RequestFacts, cx: &Context) -> Vec<AccessRequestEvent> {
    let plan = match plan(wanted, facts, cx.now) {
        Ok(plan) => plan,
        Err(because) => return vec![AccessRequestEvent::Rejected(Rejected { because })],
    };
    let next = match plan.stages.first() {
        Some(first) => {
            let steps = facts.steps(first.span, cx.now);
            AccessRequestEvent::StageOpened(StageOpened { stage: 1, steps })
        }
        None => AccessRequestEvent::Approved(Approved {}),
    };
    vec![AccessRequestEvent::PolicyChecked(Box::new(PolicyChecked { plan })), next]
}

/// AR5: whoever does it, in person.
fn in_person(cx: &Context) -> Result<PersonId, AccessRequestRefusal> {
    match (cx.actor, cx.on_behalf_of) {
        (Actor::Person(person), None) => Ok(person),
        _ => Err(AccessRequestRefusal::NotInPerson),
    }
}

/// AR5: that this person could vote, and as which human.
fn voter(
    person: PersonId,
    body: &Body,
    facts: &RequestFacts,
) -> Result<Human, AccessRequestRefusal> {
    let asks = body.requester == Some(person) || body.beneficiary == AccessSubject::Person(person);
    if asks || facts.is_party(person) {
        return Err(AccessRequestRefusal::OwnRequest);
    }
    facts.voter(person).ok_or(AccessRequestRefusal::MayNotDecide)
}

/// A vote, and what it leads to.
fn vote(vote: Vote, comment: Option<String>, body: &Body, cx: &Context) -> Decided {
    let by = in_person(cx)?;
    let round = body.round()?;
    let facts = known(cx)?;
    let (seat, had) = round.seat_of(by).ok_or(AccessRequestRefusal::NotApprover)?;
    match had.vote {
        Some(said) if said == vote => return Ok(vec![]),
        Some(_) => return Err(AccessRequestRefusal::VotedAlready),
        None => {}
    }
    let human = voter(by, body, facts)?;
    if facts.was_counted(human, &body.counted) {
        return Err(AccessRequestRefusal::CountedAlready);
    }
    let comment = comment.map(|said| text::required(&said, REASON_MAX)).transpose();
    let comment = comment.map_err(AccessRequestRefusal::CommentUnfit)?;
    let comment = comment.map(|said| Personal::of(cx.words_of(), said));
    let voted = AccessRequestEvent::Voted(Voted { seat, by, human, vote, comment });
    let next = match body.outcome_with(round, seat, vote) {
        Outcome::Open => None,
        Outcome::Passed => Some(after(round, body, facts, cx)),
        Outcome::Rejected => {
            let because = Rejection::Votes { stage: round.stage };
            Some(AccessRequestEvent::Rejected(Rejected { because }))
        }
    };
    Ok([voted].into_iter().chain(next).collect())
}

/// The next stage, or that there is none.
fn after(round: &Round, body: &Body, facts: &RequestFacts, cx: &Context) -> AccessRequestEvent {
    let stage = round.stage.saturating_add(1);
    match body.stage(stage) {
        Some(next) => {
            let steps = facts.steps(next.span, cx.now);
            AccessRequestEvent::StageOpened(StageOpened { stage, steps })
        }
        None => AccessRequestEvent::Approved(Approved {}),
    }
}

/// AR6: this seat is somebody else's.
fn pass(
    seat: PersonId,
    (to, passing): (PersonId, Passing),
    body: &Body,
    facts: &RequestFacts,
) -> Decided {
    let round = body.round()?;
    let had = round.seats.get(&seat).ok_or(AccessRequestRefusal::SeatUnknown)?;
    if had.holder == to {
        return Ok(vec![]);
    }
    if had.vote.is_some() {
        return Err(AccessRequestRefusal::VotedAlready);
    }
    if round.passes >= PASSES_MAX {
        return Err(AccessRequestRefusal::PassedTooOften);
    }
    let human = voter(to, body, facts).map_err(|_| AccessRequestRefusal::SuccessorUnfit)?;
    if facts.was_counted(human, &body.counted) || round.seat_of(to).is_some() {
        return Err(AccessRequestRefusal::SuccessorUnfit);
    }
    Ok(vec![AccessRequestEvent::SeatPassed(SeatPassed { seat, to, passing, stage: None })])
}

/// AR9, AR11: whoever asked or benefits.
fn must_be_party(body: &Body, cx: &Context) -> Result<PersonId, AccessRequestRefusal> {
    let doer = cx.doer().ok_or(AccessRequestRefusal::NotYours)?;
    let is_party = body.requester == Some(doer) || body.beneficiary == AccessSubject::Person(doer);
    if is_party { Ok(doer) } else { Err(AccessRequestRefusal::NotYours) }
}
