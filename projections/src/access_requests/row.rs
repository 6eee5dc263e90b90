//! The row, and how an event changes it: through the domain's own evolve.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::access::model::AccessSubject;
use domain::access_request::event::Submitted;
use domain::access_request::state::{Body, Phase, Round};
use domain::access_request::wanted::What;
use domain::access_request::{AccessRequest, AccessRequestEvent};
use domain::kernel::{AccessRequestId, GrantId, PersonId, Personal, RoleId};
use journal::Recorded;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString};
use uuid::Uuid;

use super::said::{QuestionRow, VoteRow};
use crate::rows::{micros, shown};

/// Where on its way a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Display, EnumString)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RequestState {
    /// The rules are asked.
    Checking,
    /// Votes are waited for.
    Awaiting,
    /// Its beginning is waited for.
    Approved,
    /// The access is there.
    Active,
    /// It is not given.
    Rejected,
    /// Nobody decided in time.
    TimedOut,
    /// It is not wanted any more.
    Withdrawn,
    /// What was approved did not come to be.
    Failed,
    /// The access is over.
    Ended,
}

/// An access request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RequestRow {
    /// Its stream.
    pub request_id: AccessRequestId,
    /// Who asked; none: a program.
    pub requester_id: Option<PersonId>,
    /// Who would have it.
    pub beneficiary: AccessSubject,
    /// The stream of their access.
    pub beneficiary_id: Uuid,
    /// The role; none: it is an exception.
    pub role_id: Option<RoleId>,
    /// Where on its way it is.
    pub state: RequestState,
    /// Those with a seat at the stage that waits, who have not voted.
    pub approver_ids: BTreeSet<PersonId>,
    /// Everybody who asked, benefits, or ever had a seat.
    pub party_ids: BTreeSet<PersonId>,
    /// When time asks for something next.
    pub due_at: Option<DateTime<Utc>>,
    /// Why, or the word `erased`.
    pub justification: String,
    /// What was decided by whom.
    pub votes: Vec<VoteRow>,
    /// What was asked and answered.
    pub questions: Vec<QuestionRow>,
    /// The request whose access this one prolongs.
    pub renews_id: Option<AccessRequestId>,
    /// What came of it.
    pub grant_id: Option<GrantId>,
    /// When it was submitted, by `occurred_at`, as all instants here.
    pub submitted_at: DateTime<Utc>,
    /// When it was approved, rejected or given up.
    pub decided_at: Option<DateTime<Utc>>,
    /// With which event of the log it began.
    pub submitted_seq: i64,
    /// The number of its events.
    pub version: i64,
    /// As decisions see it, without what is personal.
    pub told: Box<Body>,
}

impl RequestRow {
    /// The row after an event; none before it is submitted.
    pub fn fold(
        row: Option<Self>,
        recorded: &Recorded,
        event: &AccessRequestEvent,
        id: AccessRequestId,
    ) -> Option<Self> {
        let at = micros(recorded.event.meta.occurred_at);
        let mut row = match (row, event) {
            (Some(row), _) => row,
            (None, AccessRequestEvent::Submitted(e)) => Self::submitted(id, e, recorded)?,
            (None, _) => return None,
        };
        row.say(event, at);
        let mut request = AccessRequest(Some(row.told));
        request.evolve(event.clone());
        let mut told = request.0?;
        silence(&mut told);
        row.told = told;
        row.stand(at);
        row.version = recorded.event.sequence;
        Some(row)
    }

    fn submitted(id: AccessRequestId, e: &Submitted, recorded: &Recorded) -> Option<Self> {
        let mut request = AccessRequest::default();
        request.evolve(AccessRequestEvent::Submitted(Box::new(e.clone())));
        let told = request.0?;
        Some(Self {
            request_id: id,
            requester_id: e.requester,
            beneficiary: e.beneficiary,
            beneficiary_id: e.beneficiary.stream().0,
            role_id: None,
            state: RequestState::Checking,
            approver_ids: BTreeSet::new(),
            party_ids: e.requester.into_iter().chain(e.beneficiary.person()).collect(),
            due_at: None,
            justification: shown(&e.justification),
            votes: Vec::new(),
            questions: Vec::new(),
            renews_id: e.renews,
            grant_id: None,
            submitted_at: micros(recorded.event.meta.occurred_at),
            decided_at: None,
            submitted_seq: recorded.global_seq,
            version: 0,
            told,
        })
    }

    /// What people said with it, before the event changes where it stands.
    fn say(&mut self, event: &AccessRequestEvent, at: DateTime<Utc>) {
        match event {
            AccessRequestEvent::Voted(e) => {
                let stage = self.round().map_or(0, |round| round.stage);
                self.votes.push(VoteRow::of(stage, e, at));
            }
            AccessRequestEvent::InfoAsked(e) => self.questions.push(QuestionRow::of(e, at)),
            AccessRequestEvent::InfoGiven(e) => {
                if let Some(question) = self.questions.last_mut() {
                    question.answered(e, at);
                }
            }
            AccessRequestEvent::Amended(e) => {
                self.justification = shown(&e.justification);
                self.votes.iter_mut().for_each(|vote| vote.void = true);
            }
            AccessRequestEvent::Submitted(_)
            | AccessRequestEvent::PolicyChecked(_)
            | AccessRequestEvent::StageOpened(_)
            | AccessRequestEvent::SeatPassed(_)
            | AccessRequestEvent::Reminded(_)
            | AccessRequestEvent::Escalated(_)
            | AccessRequestEvent::Approved(_)
            | AccessRequestEvent::Rejected(_)
            | AccessRequestEvent::TimedOut(_)
            | AccessRequestEvent::Withdrawn(_)
            | AccessRequestEvent::Activated(_)
            | AccessRequestEvent::ActivationFailed(_)
            | AccessRequestEvent::Ended(_) => {}
        }
    }

    /// What follows from where it stands now.
    fn stand(&mut self, at: DateTime<Utc>) {
        self.role_id = match self.told.wanted.what {
            What::Role { role } => Some(role),
            What::Exception { .. } => None,
        };
        let round = self.round().cloned();
        let seats = round.iter().flat_map(|round| round.seats.values());
        let waiting = seats.filter(|seat| seat.vote.is_none()).map(|seat| seat.holder);
        self.approver_ids = waiting.collect();
        let seated = round.iter().flat_map(|round| round.seats.values().map(|seat| seat.holder));
        self.party_ids.extend(seated);
        self.due_at = match &self.told.phase {
            Phase::Awaiting(round) => Some(micros(next_step(round))),
            Phase::Approved => Some(self.told.wanted.from.map_or(at, micros)),
            _ => None,
        };
        self.state = match &self.told.phase {
            Phase::Checking => RequestState::Checking,
            Phase::Awaiting(_) => RequestState::Awaiting,
            Phase::Approved => RequestState::Approved,
            Phase::Active(_) => RequestState::Active,
            Phase::Rejected(_) => RequestState::Rejected,
            Phase::TimedOut => RequestState::TimedOut,
            Phase::Withdrawn => RequestState::Withdrawn,
            Phase::Failed(_) => RequestState::Failed,
            Phase::Ended(_) => RequestState::Ended,
        };
        if let Phase::Active(grant) = self.told.phase {
            self.grant_id = grant;
        }
        let is_decided = !matches!(self.state, RequestState::Checking | RequestState::Awaiting);
        self.decided_at = is_decided.then(|| self.decided_at.unwrap_or(at));
    }

    /// The stage that waits.
    pub fn round(&self) -> Option<&Round> {
        match &self.told.phase {
            Phase::Awaiting(round) => Some(round),
            _ => None,
        }
    }
}

/// When time asks for something at a stage, after what it was reminded of.
fn next_step(round: &Round) -> DateTime<Utc> {
    match round.reminded {
        0..50 => round.steps.half_at,
        50..90 => round.steps.most_at,
        _ => round.steps.due_at,
    }
}

/// What is personal stands in columns of its own, where it is shown or erased.
pub(crate) fn silence(told: &mut Body) {
    told.justification = Personal::Erased;
    for said in [&mut told.question, &mut told.answer, &mut told.comment] {
        if said.is_some() {
            *said = Some(Personal::Erased);
        }
    }
}
