//! E3, E4

use crate::kernel::testing;
use crate::kernel::testing::world::ANNA;
use crate::sla::ClockKind;
use crate::sla_plan::Whom;
use crate::sla_plan::testing::PLAN;
use crate::ticket_clock::command::Notify;
use crate::ticket_clock::event::{Breached, Notified};
use crate::ticket_clock::{TicketClockCommand, TicketClockEvent, TicketClockRefusal};

fn breached(cycle: u32) -> TicketClockEvent {
    TicketClockEvent::Breached(Breached {
        clock: ClockKind::Deadline,
        cycle,
        plan: PLAN,
        plan_version: 1,
        limit_seconds: 60,
        used_seconds: 61,
        breached_since: None,
    })
}

fn notify(cycle: u32, whom: &[Whom]) -> TicketClockCommand {
    let whom = whom.iter().copied().collect();
    TicketClockCommand::Notify(Notify { clock: ClockKind::Deadline, percent: 100, cycle, whom })
}

fn notified(cycle: u32) -> TicketClockEvent {
    let (clock, whom) = (ClockKind::Deadline, [Whom::Heads, Whom::Holder].into());
    TicketClockEvent::Notified(Notified { clock, percent: 100, cycle, whom })
}

#[test]
fn e4_whom_the_plan_names_is_told_of_a_crossing_once() {
    let told = notify(1, &[Whom::Heads, Whom::Holder]);
    let given = |events: &[TicketClockEvent]| testing::given(events.to_vec()).by_nobody();
    let state = given(&[breached(1)]).when(told.clone()).then([notified(1)]).state();
    assert!(state.is_told(ClockKind::Deadline, 100, 1));
    assert!(!state.is_told(ClockKind::Deadline, 100, 2));
    given(&[breached(1), notified(1)]).when(told.clone()).nothing();
    given(&[breached(1), notified(1), breached(2)])
        .when(notify(2, &[Whom::Heads, Whom::Holder]))
        .then([notified(2)]);
    given(&[]).when(told).nothing();
    given(&[breached(1)]).when(notify(1, &[])).nothing();
}

#[test]
fn e3_people_tell_nobody() {
    testing::given([breached(1)])
        .by(ANNA)
        .when(notify(1, &[Whom::Unit]))
        .refused(TicketClockRefusal::NotByPeople);
}
