//! Each once in a ticket's life, and only while the deadline is to be kept.

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{ByHand, Milestone, Reminder};
use crate::kernel::{DataSubject, PersonId, Personal, SlaPlanId};
use crate::sla::terms::{ChangePolicy, ClockTerms, Terms, TermsCause};
use crate::ticket::event::{Opened, Reopened, Resolved, SlaTermsRestated, WorkStopped};
use crate::ticket::{Priority, TicketEvent, TicketKind};

const CLEO: PersonId = PersonId(Uuid::from_u128(1));
/// Three days after the opening.
const DEADLINE: i64 = 72;

fn at(hour: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000) + TimeDelta::hours(hour)
}

fn opened(deadline: Option<i64>) -> TicketEvent {
    TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: CLEO,
        unit: None,
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: deadline.map(at),
    }))
}

fn resolved() -> TicketEvent {
    TicketEvent::Resolved(Resolved { code: None, solution: None })
}

fn reopened() -> TicketEvent {
    TicketEvent::Reopened(Reopened { holder: None })
}

fn restated(measured: bool) -> TicketEvent {
    let clock = || ClockTerms {
        limit_seconds: 60,
        calendar: None,
        pause_states: [].into(),
        thresholds: [].into(),
    };
    let terms = Terms {
        plan: SlaPlanId(Uuid::from_u128(2)),
        plan_version: 1,
        policy: ChangePolicy::Restate,
        reaction: clock(),
        work: clock(),
        deadline: clock(),
    };
    let terms = measured.then(|| Box::new(terms));
    TicketEvent::SlaTermsRestated(SlaTermsRestated { terms, cause: TermsCause::Plan })
}

/// What is left to remind of after these, each at its hour: the milestone and the hours.
fn left(told: &[Milestone], events: &[(i64, TicketEvent)]) -> Vec<(Milestone, TimeDelta)> {
    let fold = |known, (hour, event): &(i64, TicketEvent)| ByHand::fold(known, at(*hour), event);
    let Some(mut known) = events.iter().fold(None, fold) else { return Vec::new() };
    told.iter().for_each(|milestone| known.told(*milestone));
    let of = |it: &Reminder| (it.milestone, it.at - at(0));
    known.reminders().iter().map(of).collect()
}

fn near(hour: i64) -> (Milestone, TimeDelta) {
    (Milestone::Near, TimeDelta::hours(hour))
}

fn passed(hour: i64) -> (Milestone, TimeDelta) {
    (Milestone::Passed, TimeDelta::hours(hour))
}

/// The second after the deadline.
fn just_passed() -> (Milestone, TimeDelta) {
    (Milestone::Passed, TimeDelta::hours(DEADLINE) + TimeDelta::seconds(1))
}

#[test]
fn a_day_before_it_is_near_and_the_second_after_it_has_passed() {
    let opening = [(0, opened(Some(DEADLINE)))];
    assert_eq!(left(&[], &opening), [near(48), just_passed()]);
    assert_eq!(left(&[Milestone::Near], &opening), [just_passed()]);
    assert_eq!(left(&[Milestone::Near, Milestone::Passed], &opening), []);
    // It was near from the beginning.
    assert_eq!(left(&[], &[(0, opened(Some(5)))])[0], near(0));
    assert_eq!(left(&[], &[(0, opened(None)), (1, resolved())]), []);
    let stopped = TicketEvent::WorkStopped(WorkStopped { holder: CLEO });
    assert_eq!(left(&[], &[(0, opened(Some(DEADLINE))), (1, stopped)]).len(), 2);
}

#[test]
fn what_is_done_is_not_reminded_of_until_it_is_reopened() {
    let done = [(0, opened(Some(DEADLINE))), (1, resolved())];
    assert_eq!(left(&[], &done), []);
    let again = |hour| [done.as_slice(), &[(hour, reopened())]].concat();
    assert_eq!(left(&[], &again(2)), [near(48), just_passed()]);
    assert_eq!(left(&[], &again(50)), [near(50), just_passed()]);
    assert_eq!(left(&[Milestone::Near], &again(50)), [just_passed()]);
    // Then it is over and no longer near.
    assert_eq!(left(&[], &again(80)), [passed(80)]);
    assert_eq!(left(&[Milestone::Passed], &again(80)), []);
}

#[test]
fn while_a_plan_measures_it_nobody_is_reminded() {
    let planned = [(0, opened(Some(DEADLINE))), (50, restated(true))];
    assert_eq!(left(&[], &planned), []);
    let released = [planned.as_slice(), &[(60, restated(false))]].concat();
    assert_eq!(left(&[], &released), [near(60), just_passed()]);
    let done = [released.as_slice(), &[(61, resolved()), (62, restated(false))]].concat();
    assert_eq!(left(&[], &done), []);
}

#[test]
fn the_same_reminder_has_the_same_command() {
    let fold = |deadline| ByHand::fold(None, at(0), &opened(Some(deadline))).unwrap().reminders();
    let ticket = crate::kernel::TicketId(Uuid::from_u128(9));
    let id = |deadline, nr: usize| fold(deadline)[nr].command_id(ticket);
    assert_eq!(id(DEADLINE, 0), id(DEADLINE + 1, 0));
    assert_ne!(id(DEADLINE, 0), id(DEADLINE, 1));
}
