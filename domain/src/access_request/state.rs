//! What a request's decisions need to remember.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::AccessRequestEvent;
use super::plan::{Plan, Stage};
use super::refusal::AccessRequestRefusal;
use super::stage::{Seat, Seats, Steps, outcome};
use super::wanted::{Failure, Rejection, Wanted};
use super::words::{Ending, Outcome, Vote};
use crate::access::model::{AccessSubject, Human};
use crate::kernel::{AccessRequestId, GrantId, PersonId, Personal};

/// An access request: nothing before it is submitted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessRequest(pub Option<Box<Body>>);

/// A request that was submitted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Who asks; none: a program.
    pub requester: Option<PersonId>,
    /// Who would have it.
    pub beneficiary: AccessSubject,
    /// What.
    pub wanted: Wanted,
    /// Why.
    pub justification: Personal<String>,
    /// The request whose access this one prolongs.
    pub renews: Option<AccessRequestId>,
    /// Its way; none while the rules are asked.
    pub plan: Option<Plan>,
    /// Whose seats are at stages that were not open when that changed: by stage, and by whom the seat
    /// was meant for.
    #[serde(default)]
    pub heirs: BTreeMap<u8, BTreeMap<PersonId, PersonId>>,
    /// Where on its way it is.
    pub phase: Phase,
    /// The humans whose votes count, at all its stages.
    pub counted: BTreeSet<Human>,
    /// How many questions were asked.
    pub questions: u8,
    /// The last one.
    pub question: Option<Personal<String>>,
    /// What was answered to it.
    pub answer: Option<Personal<String>>,
    /// What was said with the last vote.
    pub comment: Option<Personal<String>>,
    /// How often it was amended.
    pub amendments: u8,
}

/// Where on its way it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub enum Phase {
    /// The rules are asked.
    Checking,
    /// Its votes are waited for.
    Awaiting(Round),
    /// Its beginning is waited for.
    Approved,
    /// The access is there.
    Active(Option<GrantId>),
    /// It is not given.
    Rejected(Rejection),
    /// Nobody decided.
    TimedOut,
    /// It is not wanted any more.
    Withdrawn,
    /// What was approved did not come to be.
    Failed(Failure),
    /// The access is over.
    Ended(Ending),
}

/// A stage at work.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Round {
    /// Which, from 1.
    pub stage: u8,
    /// Who sits there.
    pub seats: Seats,
    /// How long.
    pub steps: Steps,
    /// How often it was escalated.
    pub level: u8,
    /// At how many percent its people were reminded last.
    pub reminded: u8,
    /// How often a seat was passed on.
    pub passes: u8,
}

impl AccessRequest {
    /// The request, else AR1's refusal.
    pub fn body(&self) -> Result<&Body, AccessRequestRefusal> {
        self.0.as_deref().ok_or(AccessRequestRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: AccessRequestEvent) {
        if let AccessRequestEvent::Submitted(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Body {
                    requester: e.requester,
                    beneficiary: e.beneficiary,
                    wanted: e.wanted,
                    justification: e.justification,
                    renews: e.renews,
                    plan: None,
                    heirs: BTreeMap::new(),
                    phase: Phase::Checking,
                    counted: BTreeSet::new(),
                    questions: 0,
                    question: None,
                    answer: None,
                    comment: None,
                    amendments: 0,
                })
            });
        } else if let Some(body) = self.0.as_deref_mut() {
            body.evolve(event);
        }
    }
}

impl Body {
    fn evolve(&mut self, event: AccessRequestEvent) {
        match event {
            AccessRequestEvent::Submitted(_) => {}
            AccessRequestEvent::PolicyChecked(e) => self.plan = Some(e.plan),
            AccessRequestEvent::StageOpened(e) => {
                let seats = self.stage(e.stage).into_iter().flat_map(|stage| &stage.approvers);
                let holder = |person| self.holder_at(e.stage, person);
                let seats = seats.map(|it| (*it, Seat::of(holder(*it), 0))).collect();
                self.phase = Phase::Awaiting(Round {
                    stage: e.stage,
                    seats,
                    steps: e.steps,
                    level: 0,
                    reminded: 0,
                    passes: 0,
                });
            }
            AccessRequestEvent::Voted(e) => {
                self.counted.insert(e.human);
                self.comment = e.comment;
                if let Some(seat) = self.round_mut().and_then(|it| it.seats.get_mut(&e.seat)) {
                    seat.vote = Some(e.vote);
                }
            }
            AccessRequestEvent::InfoAsked(e) => {
                self.questions = self.questions.saturating_add(1);
                (self.question, self.answer) = (Some(e.question), None);
            }
            AccessRequestEvent::InfoGiven(e) => self.answer = Some(e.answer),
            AccessRequestEvent::SeatPassed(e) => {
                if let Some(stage) = e.stage {
                    self.heirs.entry(stage).or_default().insert(e.seat, e.to);
                    return;
                }
                let Some(round) = self.round_mut() else { return };
                round.passes = round.passes.saturating_add(1);
                if let Some(seat) = round.seats.get_mut(&e.seat) {
                    seat.holder = e.to;
                }
            }
            AccessRequestEvent::Reminded(e) => {
                if let Some(round) = self.round_mut() {
                    round.reminded = e.percent;
                }
            }
            AccessRequestEvent::Escalated(e) => {
                let Some(round) = self.round_mut() else { return };
                (round.level, round.steps, round.reminded) = (e.level, e.steps, 0);
                for person in e.to {
                    round.seats.entry(person).or_insert(Seat::of(person, e.level));
                }
            }
            AccessRequestEvent::Amended(e) => {
                (self.wanted, self.justification) = (e.wanted, e.justification);
                self.plan = None;
                self.heirs.clear();
                self.phase = Phase::Checking;
                self.counted.clear();
                self.amendments = self.amendments.saturating_add(1);
            }
            AccessRequestEvent::Approved(_) => self.phase = Phase::Approved,
            AccessRequestEvent::Rejected(e) => self.phase = Phase::Rejected(e.because),
            AccessRequestEvent::TimedOut(_) => self.phase = Phase::TimedOut,
            AccessRequestEvent::Withdrawn(_) => self.phase = Phase::Withdrawn,
            AccessRequestEvent::Activated(e) => self.phase = Phase::Active(e.grant),
            AccessRequestEvent::ActivationFailed(e) => self.phase = Phase::Failed(e.because),
            AccessRequestEvent::Ended(e) => self.phase = Phase::Ended(e.ending),
        }
    }

    /// The stage of its plan with this number.
    pub fn stage(&self, number: u8) -> Option<&Stage> {
        let place = usize::from(number).checked_sub(1)?;
        self.plan.as_ref()?.stages.get(place)
    }

    /// Who would have a seat at a stage that is not open yet.
    pub(super) fn later_holders(&self) -> impl Iterator<Item = PersonId> {
        let open = self.round().map_or(0, |round| round.stage);
        let stages = self.plan.iter().flat_map(|plan| &plan.stages).zip(1_u8..);
        let later = stages.filter(move |(_, number)| *number > open);
        later.flat_map(move |(stage, number)| {
            stage.approvers.iter().map(move |seat| self.holder_at(number, *seat))
        })
    }

    /// Who has the seat that was meant for this person when the stage opens.
    pub fn holder_at(&self, stage: u8, meant_for: PersonId) -> PersonId {
        let heir = self.heirs.get(&stage).and_then(|heirs| heirs.get(&meant_for));
        heir.copied().unwrap_or(meant_for)
    }

    /// The stage at work, else AR5's refusal.
    pub fn round(&self) -> Result<&Round, AccessRequestRefusal> {
        match &self.phase {
            Phase::Awaiting(round) => Ok(round),
            _ => Err(AccessRequestRefusal::NotAwaiting),
        }
    }

    fn round_mut(&mut self) -> Option<&mut Round> {
        match &mut self.phase {
            Phase::Awaiting(round) => Some(round),
            _ => None,
        }
    }

    /// What the votes of the stage at work come to when this seat votes so.
    pub(super) fn outcome_with(&self, round: &Round, seat: PersonId, vote: Vote) -> Outcome {
        let mut seats = round.seats.clone();
        seats.entry(seat).and_modify(|it| it.vote = Some(vote));
        let mode = self.stage(round.stage).map(|stage| &stage.mode);
        mode.map_or(Outcome::Open, |mode| outcome(mode, &seats, round.level))
    }
}

impl Phase {
    /// Whether something may still come of it.
    pub fn is_open(&self) -> bool {
        matches!(self, Self::Checking | Self::Awaiting(_) | Self::Approved)
    }
}

impl Round {
    /// The seat that this person has, by whom it was meant for.
    pub fn seat_of(&self, person: PersonId) -> Option<(PersonId, &Seat)> {
        let mut seats = self.seats.iter();
        seats.find(|(_, seat)| seat.holder == person).map(|(meant_for, seat)| (*meant_for, seat))
    }
}

impl Seat {
    fn of(holder: PersonId, level: u8) -> Self {
        Self { holder, level, vote: None }
    }
}
