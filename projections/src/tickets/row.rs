//! The row, and how an event changes it: through the domain's own evolve, so that what a list shows
//! can never disagree with what a decision sees.

use chrono::{DateTime, Utc};
use domain::kernel::{DataSubject, PersonId, Personal, SlaPlanId, SubjectId, TicketId, UnitId};
use domain::routing::Routing;
use domain::sla::stopwatch::Course;
use domain::ticket::state::Body;
use domain::ticket::{
    Impact, PendingReason, Priority, Ticket, TicketEvent, TicketKind, TicketState, Urgency,
};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use super::course;
use super::dues::Dues;
use crate::rows::{micros, shown, tier};

/// A ticket. Personal texts are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TicketRow {
    /// Its stream.
    pub ticket_id: TicketId,
    /// For people: `INC-1042`.
    pub number: String,
    /// Incident or request.
    pub kind: TicketKind,
    /// One line.
    pub title: String,
    /// The whole story.
    pub description: Option<String>,
    /// Where in its life it is.
    pub state: TicketState,
    /// How pressing.
    pub priority: Priority,
    /// Present when the priority came from the matrix.
    pub impact: Option<Impact>,
    /// Likewise.
    pub urgency: Option<Urgency>,
    /// What a pending ticket waits for.
    pub pending_reason: Option<PendingReason>,
    /// Until when at most, if that is known.
    pub pending_until: Option<DateTime<Utc>>,
    /// What it is about.
    pub subject_id: Option<SubjectId>,
    /// For whom.
    pub requester_id: PersonId,
    /// Who reported it.
    pub author_id: PersonId,
    /// The unit it is for.
    pub unit_id: Option<UnitId>,
    /// The people it is for, sorted; empty: the whole unit, or dispatch.
    pub assignee_ids: Vec<PersonId>,
    /// Who works on it.
    pub holder_id: Option<PersonId>,
    /// Who held it last; after a resolution, who resolved it.
    pub last_holder_id: Option<PersonId>,
    /// Whether each assignee completes a task of their own.
    pub individual: bool,
    /// The ticket that goes on in its place.
    pub merged_into_id: Option<TicketId>,
    /// How it found those who have it, unless by hand.
    pub routing: Option<Routing>,
    /// Support tier, 1 to 3.
    pub tier: i16,
    /// Its name in another system.
    pub external_ref: Option<String>,
    /// How it was solved, in a word.
    pub resolution_code: Option<String>,
    /// How it was solved, in the holder's words.
    pub solution: Option<String>,
    /// When it was opened, by `occurred_at`, as all instants here.
    pub created_at: DateTime<Utc>,
    /// When it was solved; none again after a reopening.
    pub resolved_at: Option<DateTime<Utc>>,
    /// When it was closed; none again after a reopening.
    pub closed_at: Option<DateTime<Utc>>,
    /// When its last event happened.
    pub changed_at: DateTime<Utc>,
    /// The number of its events.
    pub version: i64,
    /// How often it was reopened.
    pub reopen_count: i32,
    /// How often its unit changed after opening.
    pub reassignment_count: i32,
    /// By which plan it is measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla_plan_id: Option<SlaPlanId>,
    /// By when somebody said that it has to be done; no plan judges that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
    /// What moved its clocks; none as long as it never had a plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub course: Option<Course>,
    /// What its clocks mean, if nothing else happens.
    #[serde(flatten)]
    pub dues: Dues,
}

impl TicketRow {
    /// The row after an event, its clocks still to be read; none as long as the ticket was not opened.
    pub fn fold(
        mut row: Option<Self>,
        event: &StreamEvent,
        ticket_event: &TicketEvent,
        id: TicketId,
    ) -> Option<Self> {
        let at = micros(event.meta.occurred_at);
        let created_at = row.as_ref().map_or(at, |row| row.created_at);
        let resolved_before = row.as_ref().and_then(|row| row.resolved_at);
        let routed_before = row.as_ref().and_then(|row| row.routing.clone());
        let plan_before = row.as_ref().and_then(|row| row.sla_plan_id);
        let course_before = row.as_mut().and_then(|row| row.course.take());
        let course = course::next(course_before, event, ticket_event);
        let mut ticket = row.map_or_else(Ticket::default, Self::into_ticket);
        ticket.evolve(ticket_event.clone());
        let body = *ticket.0?;
        let deadline_at = body.deadline_at.map(micros);
        Some(Self {
            ticket_id: id,
            number: body.number,
            kind: body.kind,
            title: shown(&body.title),
            description: body.description.as_ref().map(shown),
            state: body.state,
            priority: body.priority,
            impact: body.impact,
            urgency: body.urgency,
            pending_reason: body.pending_reason,
            pending_until: body.pending_until.map(micros),
            subject_id: body.subject,
            requester_id: body.requester,
            author_id: body.author,
            unit_id: body.unit,
            assignee_ids: body.assignees.into_iter().collect(),
            holder_id: body.holder,
            last_holder_id: body.last_holder,
            individual: body.individual,
            merged_into_id: body.merged_into,
            routing: routing(ticket_event, routed_before),
            tier: body.tier.0.into(),
            external_ref: body.external_ref,
            resolution_code: body.resolution_code,
            solution: body.solution.as_ref().map(shown),
            created_at,
            resolved_at: resolved_at(ticket_event, resolved_before, at),
            closed_at: body.closed_at.map(micros),
            changed_at: at,
            version: event.sequence,
            reopen_count: body.reopen_count.try_into().unwrap_or(i32::MAX),
            reassignment_count: body.reassignment_count.try_into().unwrap_or(i32::MAX),
            sla_plan_id: course::plan(ticket_event, plan_before),
            deadline_at,
            dues: match course {
                Some(_) => Dues::default(),
                None => Dues::by_hand(deadline_at.filter(|_| body.state.is_open())),
            },
            course,
        })
    }

    /// The ticket as far as evolve looks at one: whose key sealed a text does not matter to it.
    fn into_ticket(self) -> Ticket {
        let text = |text| Personal::of(DataSubject::Deployment, text);
        Ticket(Some(Box::new(Body {
            number: self.number,
            kind: self.kind,
            title: text(self.title),
            description: self.description.map(text),
            subject: self.subject_id,
            priority: self.priority,
            impact: self.impact,
            urgency: self.urgency,
            requester: self.requester_id,
            author: self.author_id,
            unit: self.unit_id,
            assignees: self.assignee_ids.into_iter().collect(),
            external_ref: self.external_ref,
            state: self.state,
            tier: tier(self.tier),
            holder: self.holder_id,
            last_holder: self.last_holder_id,
            individual: self.individual,
            merged_into: self.merged_into_id,
            pending_reason: self.pending_reason,
            pending_until: self.pending_until,
            resolution_code: self.resolution_code,
            solution: self.solution.map(text),
            closed_at: self.closed_at,
            reopen_count: self.reopen_count.unsigned_abs(),
            reassignment_count: self.reassignment_count.unsigned_abs(),
            sla: None,
            deadline_at: self.deadline_at,
        })))
    }
}

/// What the decisions do not remember: when it was solved.
fn resolved_at(
    event: &TicketEvent,
    before: Option<DateTime<Utc>>,
    at: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    match event {
        TicketEvent::Resolved(_)
        | TicketEvent::ResolvedWithParent(_)
        | TicketEvent::ResolvedWithTasks(_) => Some(at),
        TicketEvent::Reopened(_) => None,
        TicketEvent::Opened(_)
        | TicketEvent::Assigned(_)
        | TicketEvent::WorkStarted(_)
        | TicketEvent::WorkStopped(_)
        | TicketEvent::Pended(_)
        | TicketEvent::Resumed(_)
        | TicketEvent::Closed(_)
        | TicketEvent::Cancelled(_)
        | TicketEvent::Classified(_)
        | TicketEvent::Prioritized(_)
        | TicketEvent::Escalated(_)
        | TicketEvent::Merged(_)
        | TicketEvent::SlaTermsRestated(_) => before,
    }
}

/// How it found those who have it now: by hand, once somebody gives it away.
fn routing(event: &TicketEvent, before: Option<Routing>) -> Option<Routing> {
    match event {
        TicketEvent::Opened(e) => e.routing.clone(),
        TicketEvent::Assigned(e) => e.routing.clone(),
        TicketEvent::WorkStarted(_)
        | TicketEvent::WorkStopped(_)
        | TicketEvent::Pended(_)
        | TicketEvent::Resumed(_)
        | TicketEvent::Resolved(_)
        | TicketEvent::ResolvedWithParent(_)
        | TicketEvent::ResolvedWithTasks(_)
        | TicketEvent::Reopened(_)
        | TicketEvent::Closed(_)
        | TicketEvent::Cancelled(_)
        | TicketEvent::Classified(_)
        | TicketEvent::Prioritized(_)
        | TicketEvent::Escalated(_)
        | TicketEvent::Merged(_)
        | TicketEvent::SlaTermsRestated(_) => before,
    }
}
