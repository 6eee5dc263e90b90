//! The report of a unit, ticket by ticket.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::story::{
    cancel, case, close, forward, merge, open, opened, plan_x, reopen, resolve, resolve_with_tasks,
    start, stop, t,
};
use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK, HEIDI, NETWORK, NORA};
use crate::report::{Case, Part, Question, Report, Score};
use crate::sla::{CalendarVersion, Hours};
use crate::ticket::TicketEvent;
use crate::ticket::event::Opened;

const DAY: i64 = 86_400;

/// The service desk's, of the first ten days, as of their end.
fn question() -> Question {
    Question {
        unit: DESK,
        staff: [ANNA, BEN, HEIDI].into(),
        from: t(0),
        to: t(10 * DAY),
        at: t(20 * DAY),
    }
}

fn report(question: &Question, cases: &[Case]) -> Report {
    let mut report = Report::default();
    let always = BTreeMap::<CalendarVersion, Hours>::new();
    for case in cases {
        report.take(question, case, &always).unwrap();
    }
    report
}

fn under_x<const N: usize>(then: [(i64, TicketEvent); N]) -> Case {
    let mut story = vec![(0, open(opened(Some(plan_x()))))];
    story.extend(then);
    case(None, &story)
}

/// D1, D2, D7, D8, D9 and D10.
fn examples() -> Vec<Case> {
    vec![
        under_x([(1_200, start(ANNA)), (6_600, resolve())]),
        under_x([(1_801, start(ANNA)), (5_401, resolve())]),
        under_x([
            (600, start(ANNA)),
            (4_200, resolve()),
            (10_800, reopen(Some(ANNA))),
            (12_600, stop(ANNA)),
            (14_400, start(BEN)),
            (17_400, resolve()),
        ]),
        under_x([
            (100, start(ANNA)),
            (2_100, resolve()),
            (20_000, reopen(Some(ANNA))),
            (21_000, resolve()),
            (28_000, reopen(Some(ANNA))),
            (29_500, resolve()),
        ]),
        under_x([
            (1_800, start(ANNA)),
            (2_400, stop(ANNA)),
            (22_200, start(BEN)),
            (28_800, resolve()),
        ]),
        under_x([
            (1_801, start(ANNA)),
            (2_401, stop(ANNA)),
            (22_200, start(BEN)),
            (28_801, resolve()),
        ]),
    ]
}

#[test]
fn n5_the_worked_examples_are_kept_four_times_of_six() {
    let two_thirds = Score { met: 4, failed: 2 };
    let mut cases = examples();
    let found = report(&question(), &cases).completed;
    assert_eq!((found.tickets, found.reaction, found.work), (6, two_thirds, two_thirds));
    assert_eq!((found.deadline, two_thirds.permille()), (two_thirds, Some(667)));
    // D17: no targets.
    let mut terms = plan_x();
    for clock in [&mut terms.reaction, &mut terms.work, &mut terms.deadline] {
        clock.limit_seconds = 0;
    }
    let none = [(0, open(opened(Some(terms)))), (99_999, start(ANNA)), (100_599, resolve())];
    cases.push(case(None, &none));
    cases.push(case(None, &[(0, open(opened(None))), (5, start(ANNA)), (9, resolve())]));
    let found = report(&question(), &cases).completed;
    assert_eq!((found.tickets, found.reaction), (8, two_thirds));
    assert_eq!((found.work, found.deadline), (two_thirds, two_thirds));
    assert_eq!(Score::default().permille(), None);
}

#[test]
fn n1_created_is_what_staff_of_the_unit_reported_in_the_period() {
    let by = |author, at| case(None, &[(at, open(Opened { author, ..opened(None) }))]);
    let has = |case: &Case| question().has(Part::Created, case);
    assert!(has(&by(ANNA, 0)) && has(&by(BEN, 10 * DAY - 1)));
    assert!(!has(&by(ANNA, -1)) && !has(&by(ANNA, 10 * DAY)));
    assert!(!has(&by(NORA, 5)) && !has(&by(CLEO, 5)));
}

#[test]
fn n2_incoming_is_what_was_opened_for_the_unit_or_its_people() {
    let for_whom = |unit, assignees: &[_]| {
        let assignees = assignees.iter().copied().collect();
        case(None, &[(5, open(Opened { unit, assignees, ..opened(None) }))])
    };
    let has = |case: &Case| question().has(Part::Incoming, case);
    assert!(has(&for_whom(Some(DESK), &[])) && has(&for_whom(Some(DESK), &[ANNA])));
    assert!(has(&for_whom(Some(NETWORK), &[NORA, BEN])) && has(&for_whom(None, &[BEN])));
    assert!(!has(&for_whom(Some(NETWORK), &[])) && !has(&for_whom(None, &[])));
    assert!(!has(&for_whom(Some(DESK), &[NORA])));
    let sent_on = case(None, &[(5, open(opened(None))), (6, forward(Some(NETWORK), []))]);
    assert!(has(&sent_on));
}

#[test]
fn n3_completed_is_what_staff_of_the_unit_solved_last_in_the_period() {
    let opening = || (0, open(opened(None)));
    let has = |story: &[_]| question().has(Part::Completed, &case(None, story));
    assert!(has(&[opening(), (1, start(ANNA)), (2, resolve()), (20 * DAY, close())]));
    assert!(!has(&[opening(), (1, start(NORA)), (2, resolve())]));
    assert!(!has(&[opening(), (1, start(ANNA)), (10 * DAY, resolve())]));
    assert!(!has(&[opening(), (1, start(ANNA)), (2, resolve()), (3, reopen(None))]));
    let again = [(3, reopen(None)), (4, start(NORA)), (5, resolve())];
    assert!(!has(&[vec![opening(), (1, start(ANNA)), (2, resolve())], again.to_vec()].concat()));
    // Nobody solved it: it counts where it was.
    assert!(has(&[opening(), (1, resolve_with_tasks())]));
    assert!(!has(&[opening(), (1, forward(Some(NETWORK), [])), (2, resolve_with_tasks())]));
}

#[test]
fn n4_not_completed_is_what_is_open_here_and_changed_in_the_period() {
    let has = |story: &[_]| question().has(Part::NotCompleted, &case(None, story));
    let opening = || (0, open(opened(None)));
    assert!(has(&[opening()]) && has(&[opening(), (5, start(NORA))]));
    assert!(has(&[opening(), (5, forward(None, [BEN]))]));
    assert!(!has(&[opening(), (5, forward(Some(NETWORK), [BEN]))]));
    assert!(!has(&[opening(), (5, forward(None, []))]));
    assert!(!has(&[opening(), (10 * DAY, start(ANNA))]));
    assert!(!has(&[opening(), (5, start(ANNA)), (6, resolve())]));
}

#[test]
fn n6_what_was_merged_is_nowhere_and_what_was_cancelled_has_no_clocks() {
    let gone = |event| vec![under_x([(9_000, event)])];
    let cancelled = report(&question(), &gone(cancel()));
    assert_eq!((cancelled.created, cancelled.incoming), (1, 1));
    assert_eq!((cancelled.completed.tickets, cancelled.not_completed.tickets), (0, 0));
    assert_eq!(report(&question(), &gone(merge())), Report::default());
}

#[test]
fn n5_open_tickets_are_judged_as_of_the_instant() {
    let cases = [under_x([]), under_x([(1_801, start(ANNA))])];
    let at = |seconds| {
        let question = Question { at: t(seconds), ..question() };
        let found = report(&question, &cases).not_completed;
        [found.reaction, found.work, found.deadline].map(|score| (score.met, score.failed))
    };
    assert_eq!(at(1_800), [(2, 0), (2, 0), (2, 0)]);
    assert_eq!(at(1_801), [(0, 2), (2, 0), (2, 0)]);
    assert_eq!(at(9_002), [(0, 2), (1, 1), (2, 0)]);
}

#[test]
fn the_past_is_told_as_it_was() {
    let then = |at: DateTime<Utc>| report(&Question { at, ..question() }, &examples());
    assert_eq!(then(t(-1)), Report::default());
    let early = then(t(5_000));
    assert_eq!((early.completed.tickets, early.not_completed.tickets), (2, 4));
}
