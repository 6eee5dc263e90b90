//! What a ticket's decisions need to remember, and how each event changes it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{Assigned, Escalated, Opened, TicketEvent};
use super::refusal::TicketRefusal;
use super::words::{Impact, PendingReason, Priority, TicketKind, TicketState, Tier, Urgency, Verb};
use crate::kernel::{Context, PersonId, Personal, Standing, SubjectId, TicketId, UnitId};
use crate::sla::Terms;

/// A ticket as its decisions see it: nothing before it is opened.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Ticket(pub Option<Box<Body>>);

/// An opened ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the fields are those of the events that set them")]
pub struct Body {
    pub number: String,
    pub kind: TicketKind,
    pub title: Personal<String>,
    pub description: Option<Personal<String>>,
    pub subject: Option<SubjectId>,
    pub priority: Priority,
    pub impact: Option<Impact>,
    pub urgency: Option<Urgency>,
    pub requester: PersonId,
    pub author: PersonId,
    pub unit: Option<UnitId>,
    pub assignees: BTreeSet<PersonId>,
    pub external_ref: Option<String>,
    pub state: TicketState,
    pub tier: Tier,
    pub holder: Option<PersonId>,
    pub last_holder: Option<PersonId>,
    pub pending_reason: Option<PendingReason>,
    pub pending_until: Option<DateTime<Utc>>,
    pub resolution_code: Option<String>,
    pub solution: Option<Personal<String>>,
    pub closed_at: Option<DateTime<Utc>>,
    pub individual: bool,
    pub merged_into: Option<TicketId>,
    pub reopen_count: u32,
    pub reassignment_count: u32,
    pub sla: Option<Box<Terms>>,
    pub deadline_at: Option<DateTime<Utc>>,
}

impl Ticket {
    /// The opened ticket, else T1's refusal.
    pub fn body(&self) -> Result<&Body, TicketRefusal> {
        self.0.as_deref().ok_or(TicketRefusal::NotFound)
    }

    /// The opened ticket if its state allows the verb (T2).
    pub fn ready_for(&self, verb: Verb) -> Result<&Body, TicketRefusal> {
        let body = self.body()?;
        if verb.from_states().contains(&body.state) {
            return Ok(body);
        }
        Err(TicketRefusal::WrongState { state: body.state })
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: TicketEvent) {
        if let TicketEvent::Opened(opened) = event {
            self.0.get_or_insert_with(|| Box::new(Body::opened(*opened)));
        } else if let Some(body) = self.0.as_deref_mut() {
            body.evolve(event);
        }
    }
}

impl Body {
    /// T5: others leave a held ticket alone, unless they steer it.
    pub fn must_be_free_for(&self, cx: &Context) -> Result<(), TicketRefusal> {
        match self.holder {
            Some(holder) if cx.doer() != Some(holder) && cx.standing == Standing::Ordinary => {
                Err(TicketRefusal::Held { holder })
            }
            _ => Ok(()),
        }
    }

    /// T20: its people's tasks are worked on, not the ticket they share.
    pub fn must_not_be_individual(&self) -> Result<(), TicketRefusal> {
        if self.individual { Err(TicketRefusal::Individual) } else { Ok(()) }
    }

    /// Where a ticket goes that nobody holds: somebody's, or dispatch.
    pub fn resting_state(unit: Option<UnitId>, assignees: &BTreeSet<PersonId>) -> TicketState {
        if unit.is_none() && assignees.is_empty() {
            TicketState::New
        } else {
            TicketState::Assigned
        }
    }

    fn opened(e: Opened) -> Self {
        Self {
            state: Self::resting_state(e.unit, &e.assignees),
            number: e.number,
            kind: e.kind,
            title: e.title,
            description: e.description,
            subject: e.subject,
            priority: e.priority,
            impact: e.impact,
            urgency: e.urgency,
            requester: e.requester,
            author: e.author,
            unit: e.unit,
            assignees: e.assignees,
            external_ref: e.external_ref,
            tier: Tier::FIRST,
            holder: None,
            last_holder: None,
            pending_reason: None,
            pending_until: None,
            resolution_code: None,
            solution: None,
            closed_at: None,
            individual: e.individual,
            merged_into: None,
            reopen_count: 0,
            reassignment_count: 0,
            sla: e.sla,
            deadline_at: e.deadline_at,
        }
    }

    fn evolve(&mut self, event: TicketEvent) {
        match event {
            TicketEvent::Opened(_) => {}
            TicketEvent::Assigned(e) => self.assigned(e),
            TicketEvent::WorkStarted(e) => self.held_by(e.holder),
            TicketEvent::WorkStopped(_) => self.released_to(TicketState::Assigned),
            TicketEvent::Pended(e) => {
                self.released_to(TicketState::Pending);
                self.pending_reason = Some(e.pending_reason);
                self.pending_until = e.until;
            }
            TicketEvent::Resumed(_) => {
                self.released_to(Self::resting_state(self.unit, &self.assignees));
            }
            TicketEvent::Resolved(e) => {
                self.released_to(TicketState::Resolved);
                self.resolution_code = e.code;
                self.solution = e.solution;
            }
            TicketEvent::ResolvedWithParent(e) => {
                self.released_to(TicketState::Resolved);
                self.resolution_code = Some(e.code);
            }
            TicketEvent::Reopened(e) => {
                self.reopen_count = self.reopen_count.saturating_add(1);
                self.resolution_code = None;
                self.solution = None;
                self.closed_at = None;
                match e.holder {
                    Some(holder) => self.held_by(holder),
                    None => self.released_to(TicketState::Assigned),
                }
            }
            TicketEvent::Closed(e) => {
                self.released_to(TicketState::Closed);
                self.closed_at = Some(e.closed_at);
            }
            TicketEvent::Cancelled(_) => self.released_to(TicketState::Cancelled),
            TicketEvent::Classified(e) => {
                self.kind = e.kind;
                self.subject = e.subject;
            }
            TicketEvent::Prioritized(e) => {
                self.priority = e.priority;
                self.impact = e.impact;
                self.urgency = e.urgency;
            }
            TicketEvent::Escalated(e) => self.escalated(e),
            TicketEvent::Merged(e) => {
                self.released_to(TicketState::Closed);
                self.closed_at = Some(e.closed_at);
                self.merged_into = Some(e.into);
            }
            TicketEvent::ResolvedWithTasks(e) => {
                self.released_to(TicketState::Resolved);
                self.resolution_code = Some(e.code);
            }
            TicketEvent::SlaTermsRestated(e) => self.sla = e.terms,
        }
    }

    /// T6, T18
    fn assigned(&mut self, e: Assigned) {
        self.moved_to(e.unit);
        self.assignees = e.assignees;
        self.rest_unless_waiting();
    }

    /// T16, T18: another unit means another target; a higher tier alone changes nothing else.
    fn escalated(&mut self, e: Escalated) {
        self.tier = e.tier;
        if e.unit != self.unit {
            self.moved_to(e.unit);
            self.assignees.clear();
            self.rest_unless_waiting();
        }
    }

    fn moved_to(&mut self, unit: Option<UnitId>) {
        if unit != self.unit {
            self.reassignment_count = self.reassignment_count.saturating_add(1);
            self.unit = unit;
        }
    }

    fn rest_unless_waiting(&mut self) {
        if matches!(self.state, TicketState::New | TicketState::Assigned | TicketState::InProgress)
        {
            self.released_to(Self::resting_state(self.unit, &self.assignees));
        }
    }

    fn held_by(&mut self, holder: PersonId) {
        self.state = TicketState::InProgress;
        self.holder = Some(holder);
        self.last_holder = Some(holder);
        self.pending_reason = None;
        self.pending_until = None;
    }

    fn released_to(&mut self, state: TicketState) {
        self.state = state;
        self.holder = None;
        self.pending_reason = None;
        self.pending_until = None;
    }
}
