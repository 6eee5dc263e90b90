//! One event of each kind of service levels: plans, and what became of a ticket's clocks.

use domain::sla::{ChangePolicy, ClockKind, PauseState};
use domain::sla_plan::event::{Clock, Clocks, Defined, Targets, Threshold};
use domain::sla_plan::{EscalationAction, SlaPlanEvent, Whom};
use domain::ticket::Priority;
use domain::ticket_clock::TicketClockEvent;
use domain::ticket_clock::event::{
    Breached, DeadlineNeared, DeadlinePassed, Notified, ThresholdReached,
};
use strum::IntoEnumIterator;

use super::samples::{CALENDAR, PLAN, UNIT, instant};

pub(crate) fn plans() -> [SlaPlanEvent; 1] {
    let targets =
        Targets { reaction_seconds: 1_800, work_seconds: 7_200, deadline_seconds: 28_800 };
    let plain = || Clock {
        calendar: None,
        pause_states: [].into(),
        thresholds: vec![Threshold { percent: 100, actions: Vec::new() }],
    };
    let deadline = Clock {
        calendar: Some(CALENDAR),
        pause_states: [PauseState::Pending, PauseState::Resolved].into(),
        thresholds: vec![Threshold { percent: 75, actions: actions() }],
    };
    [SlaPlanEvent::Defined(Box::new(Defined {
        name: "Gold".to_owned(),
        policy: ChangePolicy::Restart,
        targets: Priority::iter().map(|priority| (priority, targets)).collect(),
        clocks: Clocks { reaction: plain(), work: plain(), deadline },
    }))]
}

fn actions() -> Vec<EscalationAction> {
    let told = Whom::iter().map(|whom| EscalationAction::Notify { whom });
    let done = [
        EscalationAction::RaisePriority,
        EscalationAction::AssignToUnit { unit: UNIT },
        EscalationAction::EscalateTier,
        EscalationAction::Tag { tag: "late".to_owned() },
    ];
    told.chain(done).collect()
}

pub(crate) fn clocks() -> [TicketClockEvent; 5] {
    [
        TicketClockEvent::ThresholdReached(ThresholdReached {
            clock: ClockKind::Reaction,
            percent: 75,
            cycle: 1,
            plan: PLAN,
            plan_version: 2,
            limit_seconds: 1_800,
            used_seconds: 1_351,
            reached_since: Some(instant(0)),
        }),
        TicketClockEvent::Breached(Breached {
            clock: ClockKind::Deadline,
            cycle: 2,
            plan: PLAN,
            plan_version: 2,
            limit_seconds: 28_800,
            used_seconds: 30_000,
            breached_since: Some(instant(0)),
        }),
        TicketClockEvent::Notified(Notified {
            clock: ClockKind::Deadline,
            percent: 100,
            cycle: 2,
            whom: Whom::iter().collect(),
        }),
        TicketClockEvent::DeadlineNeared(DeadlineNeared { deadline_at: instant(0) }),
        TicketClockEvent::DeadlinePassed(DeadlinePassed { deadline_at: instant(0) }),
    ]
}
