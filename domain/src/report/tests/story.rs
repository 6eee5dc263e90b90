//! What happens to tickets in these tests: events with their stamps, as seconds after [`dawn`].

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use uuid::Uuid;

use crate::kernel::testing::world::{ANNA, CLEO, DESK, PARENT};
use crate::kernel::{DataSubject, PersonId, Personal, SlaPlanId, UnitId};
use crate::report::Case;
use crate::sla::{ChangePolicy, ClockTerms, Terms};
use crate::ticket::event::{
    Assigned, Cancelled, Closed, Merged, Opened, Pended, Prioritized, Reopened, Resolved,
    ResolvedWithTasks, Resumed, WorkStarted, WorkStopped,
};
use crate::ticket::{PendingReason, Priority, TicketEvent, TicketKind};

/// When the tests' time begins.
pub(super) fn dawn() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 2, 0, 0, 0).unwrap()
}

pub(super) fn t(seconds: i64) -> DateTime<Utc> {
    dawn() + TimeDelta::seconds(seconds)
}

/// Reported by Anna for Cleo, for the service desk.
pub(super) fn opened(terms: Option<Terms>) -> Opened {
    Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: ANNA,
        unit: Some(DESK),
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: terms.map(Box::new),
        deadline_at: None,
    }
}

pub(super) fn open(opened: Opened) -> TicketEvent {
    TicketEvent::Opened(Box::new(opened))
}

pub(super) fn start(holder: PersonId) -> TicketEvent {
    TicketEvent::WorkStarted(WorkStarted { holder })
}

pub(super) fn stop(holder: PersonId) -> TicketEvent {
    TicketEvent::WorkStopped(WorkStopped { holder })
}

pub(super) fn forward<const N: usize>(
    unit: Option<UnitId>,
    assignees: [PersonId; N],
) -> TicketEvent {
    let assignees = assignees.into();
    TicketEvent::Assigned(Assigned { unit, assignees, note: None, routing: None })
}

pub(super) fn pend() -> TicketEvent {
    TicketEvent::Pended(Pended { pending_reason: PendingReason::Caller, until: None })
}

pub(super) fn resume() -> TicketEvent {
    TicketEvent::Resumed(Resumed {})
}

pub(super) fn resolve() -> TicketEvent {
    TicketEvent::Resolved(Resolved { code: None, solution: None })
}

pub(super) fn resolve_with_tasks() -> TicketEvent {
    TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "FIXED".to_owned() })
}

pub(super) fn reopen(holder: Option<PersonId>) -> TicketEvent {
    TicketEvent::Reopened(Reopened { holder })
}

pub(super) fn close() -> TicketEvent {
    TicketEvent::Closed(Closed { closed_at: dawn() })
}

pub(super) fn cancel() -> TicketEvent {
    TicketEvent::Cancelled(Cancelled {})
}

pub(super) fn merge() -> TicketEvent {
    TicketEvent::Merged(Merged { into: PARENT, closed_at: dawn() })
}

pub(super) fn prioritize(priority: Priority) -> TicketEvent {
    TicketEvent::Prioritized(Prioritized { priority, impact: None, urgency: None })
}

/// The case of these events, all done by this person.
pub(super) fn case(doer: Option<PersonId>, events: &[(i64, TicketEvent)]) -> Case {
    let mut case = Case::default();
    for ((stamp, event), sequence) in events.iter().zip(1..) {
        case.fold(sequence, t(*stamp), doer, event);
    }
    case
}

/// The plan of the worked examples, at the normal priority: always counting.
pub(super) fn plan_x() -> Terms {
    let clock = |limit_seconds| ClockTerms {
        limit_seconds,
        calendar: None,
        pause_states: [].into(),
        thresholds: [100].into(),
    };
    Terms {
        plan: SlaPlanId(Uuid::from_u128(0x51)),
        plan_version: 1,
        policy: ChangePolicy::Restate,
        reaction: clock(1_800),
        work: clock(7_200),
        deadline: clock(28_800),
    }
}
