//! Tickets by their state, and the events and commands of which they are made.

use std::collections::BTreeSet;

use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK, noon};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, PersonId, Personal, TicketId, UnitId};
use crate::ticket::command::Assign;
use crate::ticket::event::{
    Assigned, Cancelled, Closed, Merged, Opened, Pended, Reopened, Resolved, Resumed, WorkStarted,
    WorkStopped,
};
use crate::ticket::{
    Impact, PendingReason, Priority, TicketCommand, TicketEvent, TicketKind, TicketState, Urgency,
};

pub(super) fn given(events: impl IntoIterator<Item = TicketEvent>) -> Given<TicketCommand> {
    testing::given(events)
}

/// In dispatch: no unit, nobody.
pub(super) fn a_new_ticket() -> Vec<TicketEvent> {
    vec![opened(None)]
}

/// The service desk's to do.
pub(super) fn an_assigned_ticket() -> Vec<TicketEvent> {
    vec![opened(Some(DESK))]
}

/// The service desk's, held by Anna.
pub(super) fn a_held_ticket() -> Vec<TicketEvent> {
    vec![opened(Some(DESK)), started(ANNA)]
}

/// The service desk's, waiting for its caller; Anna held it.
pub(super) fn a_pending_ticket() -> Vec<TicketEvent> {
    [a_held_ticket(), vec![pended(PendingReason::Caller)]].concat()
}

/// Resolved by Anna.
pub(super) fn a_resolved_ticket() -> Vec<TicketEvent> {
    [a_held_ticket(), vec![resolved()]].concat()
}

/// Resolved by Anna, closed at noon.
pub(super) fn a_closed_ticket() -> Vec<TicketEvent> {
    let closed = TicketEvent::Closed(Closed { closed_at: noon() });
    [a_resolved_ticket(), vec![closed]].concat()
}

pub(super) fn a_cancelled_ticket() -> Vec<TicketEvent> {
    vec![opened(Some(DESK)), TicketEvent::Cancelled(Cancelled {})]
}

/// The same, but each of its people completes a task of their own.
pub(super) fn individual(mut history: Vec<TicketEvent>) -> Vec<TicketEvent> {
    for event in &mut history {
        if let TicketEvent::Opened(opened) = event {
            opened.individual = true;
        }
    }
    history
}

/// Anna's and Ben's, each with a task of their own.
pub(super) fn an_individual_ticket() -> Vec<TicketEvent> {
    let shared = [an_assigned_ticket(), vec![assigned(Some(DESK), [ANNA, BEN])]].concat();
    individual(shared)
}

/// Closed at noon, because it goes on as another one.
pub(super) fn a_merged_ticket(into: TicketId) -> Vec<TicketEvent> {
    vec![opened(Some(DESK)), TicketEvent::Merged(Merged { into, closed_at: noon() })]
}

/// A ticket in this state, at the service desk; Anna holds or held it where that is possible.
pub(super) fn a_ticket_that_is(state: TicketState) -> Vec<TicketEvent> {
    match state {
        TicketState::New => a_new_ticket(),
        TicketState::Assigned => an_assigned_ticket(),
        TicketState::InProgress => a_held_ticket(),
        TicketState::Pending => a_pending_ticket(),
        TicketState::Resolved => a_resolved_ticket(),
        TicketState::Closed => a_closed_ticket(),
        TicketState::Cancelled => a_cancelled_ticket(),
    }
}

pub(super) fn opened(unit: Option<UnitId>) -> TicketEvent {
    TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: Some(Impact::Medium),
        urgency: Some(Urgency::Medium),
        requester: CLEO,
        author: ANNA,
        unit,
        assignees: BTreeSet::new(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    }))
}

pub(super) fn assigned(
    unit: Option<UnitId>,
    people: impl IntoIterator<Item = PersonId>,
) -> TicketEvent {
    let assignees = people.into_iter().collect();
    TicketEvent::Assigned(Assigned { unit, assignees, note: None, routing: None })
}

pub(super) fn started(holder: PersonId) -> TicketEvent {
    TicketEvent::WorkStarted(WorkStarted { holder })
}

pub(super) fn stopped(holder: PersonId) -> TicketEvent {
    TicketEvent::WorkStopped(WorkStopped { holder })
}

pub(super) fn pended(pending_reason: PendingReason) -> TicketEvent {
    TicketEvent::Pended(Pended { pending_reason, until: None })
}

pub(super) fn resumed() -> TicketEvent {
    TicketEvent::Resumed(Resumed {})
}

/// With code and solution in Anna's words.
pub(super) fn resolved() -> TicketEvent {
    TicketEvent::Resolved(Resolved {
        code: Some("FIXED".to_owned()),
        solution: Some(Personal::of(DataSubject::Person(ANNA), "Quota raised".to_owned())),
    })
}

pub(super) fn reopened(holder: Option<PersonId>) -> TicketEvent {
    TicketEvent::Reopened(Reopened { holder })
}

/// Give it to this unit and these people, without a note.
pub(super) fn assign(
    unit: Option<UnitId>,
    people: impl IntoIterator<Item = PersonId>,
) -> TicketCommand {
    let assignees = people.into_iter().collect();
    TicketCommand::Assign(Assign { unit, assignees, note: None })
}
