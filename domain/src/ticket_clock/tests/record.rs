//! E1 to E3

use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::testing::world::{ANNA, noon};
use crate::kernel::testing::{self, Given};
use crate::sla::ClockKind;
use crate::sla::stopwatch::Timer;
use crate::sla_plan::testing::PLAN;
use crate::ticket_clock::command::Record;
use crate::ticket_clock::event::{Breached, ThresholdReached};
use crate::ticket_clock::{TicketClockCommand, TicketClockEvent, TicketClockRefusal};

fn given(events: impl IntoIterator<Item = TicketClockEvent>) -> Given<TicketClockCommand> {
    testing::given(events).by_nobody()
}

fn timer(percent: u16, cycle: u32) -> Timer {
    Timer {
        clock: ClockKind::Work,
        percent,
        cycle,
        at: noon(),
        since: noon(),
        used_seconds: 3_601,
        limit_seconds: 3_600,
        plan: PLAN,
        plan_version: 2,
    }
}

fn record(timer: Timer) -> TicketClockCommand {
    TicketClockCommand::Record(Record { timer })
}

fn reached(percent: u16, cycle: u32) -> TicketClockEvent {
    TicketClockEvent::ThresholdReached(ThresholdReached {
        clock: ClockKind::Work,
        percent,
        cycle,
        plan: PLAN,
        plan_version: 2,
        limit_seconds: 3_600,
        used_seconds: 3_601,
        reached_since: None,
    })
}

fn breached(cycle: u32, breached_since: Option<DateTime<Utc>>) -> TicketClockEvent {
    TicketClockEvent::Breached(Breached {
        clock: ClockKind::Work,
        cycle,
        plan: PLAN,
        plan_version: 2,
        limit_seconds: 3_600,
        used_seconds: 3_601,
        breached_since,
    })
}

#[test]
fn k1_each_threshold_of_a_clock_is_recorded_once_a_cycle() {
    let it = given([]).when(record(timer(75, 1))).then([reached(75, 1)]).state();
    assert!(it.has(ClockKind::Work, 75, 1) && !it.has(ClockKind::Deadline, 75, 1));
    given([reached(75, 1)]).when(record(timer(75, 1))).nothing();
    given([reached(75, 1)]).when(record(timer(75, 2))).then([reached(75, 2)]);
    given([reached(75, 1)]).when(record(timer(90, 1))).then([reached(90, 1)]);
    let other = Timer { clock: ClockKind::Deadline, ..timer(75, 1) };
    given([reached(75, 1)]).when(record(other)).acts();
}

#[test]
fn k1_beyond_a_hundred_percent_is_the_breach() {
    given([]).when(record(timer(100, 1))).then([breached(1, None)]);
    given([breached(1, None)]).when(record(timer(100, 1))).nothing();
}

#[test]
fn k2_what_later_terms_find_is_recorded_besides_what_was() {
    let since = noon() - TimeDelta::hours(1);
    let found = Timer { since, ..timer(100, 2) };
    given([breached(1, None)]).when(record(found)).then([breached(2, Some(since))]);
}

#[test]
fn k3_people_record_nothing() {
    given([]).by(ANNA).when(record(timer(75, 1))).refused(TicketClockRefusal::NotByPeople);
    given([]).importing_for(ANNA).when(record(timer(75, 1))).acts();
}
