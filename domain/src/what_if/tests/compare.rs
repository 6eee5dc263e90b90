//! V1 to V3.

use std::collections::BTreeMap;

use strum::IntoEnumIterator;

use super::{opened, resolved, t, terms};
use crate::kernel::testing::world::{ANNA, DESK, NETWORK};
use crate::report::Case;
use crate::sla::stopwatch::Supposed;
use crate::sla::{CalendarVersion, ClockKind, Hours, Terms};
use crate::ticket::event::{Assigned, Cancelled, Prioritized, WorkStarted};
use crate::ticket::{Priority, TicketEvent};
use crate::what_if::{ClockTotals, Compared, Difference, Question, Totals, Verdict};

const DEADLINE: usize = 2;

/// Opened at 0, and what happened then.
fn case(terms: Option<Terms>, events: &[(i64, TicketEvent)]) -> Case {
    let mut case = Case::default();
    case.fold(1, t(0), None, &opened(terms));
    for ((stamp, event), sequence) in events.iter().zip(2..) {
        case.fold(sequence, t(*stamp), None, event);
    }
    case
}

/// Of tickets opened on that day, as they stand at 1,000, under this deadline.
fn question(deadline: u32) -> Question {
    Question {
        supposed: Supposed::Plan(Priority::iter().map(|it| (it, terms(deadline))).collect()),
        from: t(0),
        to: t(86_400),
        at: t(1_000),
        units: None,
        priority: None,
    }
}

fn compared(case: &Case, question: &Question) -> [Compared; 3] {
    let supposed = question.course(case);
    let known: BTreeMap<CalendarVersion, Hours> = BTreeMap::new();
    assert!(question.calendars(case, &supposed).is_empty());
    question.compare(case, &supposed, &known).unwrap()
}

fn deadline(case: &Case, limit: u32) -> (Verdict, Verdict, Difference) {
    let it = compared(case, &question(limit))[DEADLINE];
    assert_eq!(it.clock, ClockKind::Deadline);
    (it.real, it.supposed, it.difference())
}

#[test]
fn v2_newly_breached_is_what_only_the_supposed_terms_breach() {
    let done = case(Some(terms(600)), &[(500, resolved())]);
    let open = case(Some(terms(2_000)), &[]);
    let free = case(None, &[(500, resolved())]);
    let expect = |real| (real, Verdict::Breached, Difference::NewlyBreached);
    assert_eq!(deadline(&done, 499), expect(Verdict::Met));
    assert_eq!(deadline(&open, 999), expect(Verdict::Open));
    assert_eq!(deadline(&free, 499), expect(Verdict::Unmeasured));
    // Equal is met (S4).
    assert_eq!(deadline(&done, 500), (Verdict::Met, Verdict::Met, Difference::Unchanged));
}

#[test]
fn v2_newly_met_is_what_only_the_real_terms_breach() {
    let late = case(Some(terms(400)), &[(500, resolved())]);
    let open = case(Some(terms(999)), &[]);
    let expect = |supposed| (Verdict::Breached, supposed, Difference::NewlyMet);
    assert_eq!(deadline(&late, 500), expect(Verdict::Met));
    assert_eq!(deadline(&open, 1_000), expect(Verdict::Open));
    assert_eq!(deadline(&late, 0), expect(Verdict::Unmeasured));
    let both = (Verdict::Breached, Verdict::Breached, Difference::Unchanged);
    assert_eq!(deadline(&late, 1), both);
}

#[test]
fn v1_of_the_period_the_units_and_the_priority_and_never_what_has_no_outcome() {
    let forward = Assigned { unit: Some(NETWORK), assignees: [].into(), note: None, routing: None };
    let urgent = Prioritized { priority: Priority::High, impact: None, urgency: None };
    let events = [
        (100, TicketEvent::WorkStarted(WorkStarted { holder: ANNA })),
        (200, TicketEvent::Prioritized(urgent)),
        (1_001, TicketEvent::Assigned(forward)),
    ];
    let case = case(Some(terms(400)), &events);
    let asks = |change: &dyn Fn(&mut Question)| {
        let mut question = question(400);
        change(&mut question);
        question.is_about(&case)
    };
    assert!(asks(&|_| ()));
    assert!(!asks(&|it| it.to = t(0)) && !asks(&|it| it.from = t(1)));
    assert!(asks(&|it| it.units = Some([DESK].into())));
    assert!(!asks(&|it| it.units = Some([NETWORK].into())));
    assert!(asks(&|it| (it.units, it.at) = (Some([NETWORK].into()), t(1_001))));
    assert!(asks(&|it| it.priority = Some(Priority::High)));
    assert!(!asks(&|it| it.priority = Some(Priority::Normal)));
    assert!(!asks(&|it| it.at = t(-1)));
    let gone = self::case(Some(terms(400)), &[(900, TicketEvent::Cancelled(Cancelled {}))]);
    assert!(!question(400).is_about(&gone));
    assert!(Question { at: t(899), ..question(400) }.is_about(&gone));
    assert!(!question(400).is_about(&Case::default()));
}

#[test]
fn v3_totals_count_each_clock_and_the_seconds_where_both_measure() {
    let longer = case(Some(terms(400)), &[(500, resolved())]);
    let free = case(None, &[(700, resolved())]);
    let mut all = Totals::default();
    let mut some = Totals::default();
    all.add(&compared(&longer, &question(600)));
    some.add(&compared(&free, &question(600)));
    all.extend(&some);
    assert_eq!(all.tickets, 2);
    let it = all.of(ClockKind::Deadline);
    assert_eq!((it.newly_met, it.newly_breached, it.unchanged), (1, 1, 0));
    assert_eq!((it.was_unmeasured, it.would_be_unmeasured), (1, 0));
    assert_eq!((it.breached_real, it.breached_supposed), (1, 1));
    assert_eq!((it.seconds_real, it.seconds_supposed, it.seconds_difference()), (500, 500, 0));
    assert_eq!(all.of(ClockKind::Work), &ClockTotals::default());
    let [.., free] = compared(&free, &question(600));
    assert_eq!((free.seconds_real, free.seconds_supposed), (None, Some(700)));
}
