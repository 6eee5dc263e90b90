//! S10: each second, counted or not, and why.

use super::hours::{Known, TestHours};
use super::{Act, Course, after, known, pausing, story, t, terms, under, within};
use crate::sla::stopwatch::{Excluded, MarkKind};
use crate::sla::terms::{ChangePolicy, ClockKind, PauseState};

type Line = (i64, i64, i64, i64, MarkKind, Option<Excluded>);

/// From, to, counted seconds, number and kind of the event that began it, why it does not count.
fn lines(course: &Course, clock: ClockKind, at: i64, known: &Known) -> Vec<Line> {
    let intervals = course.intervals(clock, t(at), known).unwrap();
    intervals
        .map(|it| {
            let cause = it.cause;
            let (from, to) = (after(it.from), after(it.to));
            (from, to, it.counted_seconds, cause.sequence, cause.kind, it.excluded)
        })
        .collect()
}

fn a_life() -> [(i64, Act); 6] {
    [
        (10, Act::Start),
        (30, Act::Pend),
        (60, Act::Resume),
        (70, Act::Start),
        (90, Act::Resolve),
        (100, Act::Reopen { held: true }),
    ]
}

#[test]
fn work_is_explained_by_who_held_it() {
    let course = story(terms(600, 600, 600), a_life());
    assert_eq!(
        lines(&course, ClockKind::Work, 120, &Known::default()),
        [
            (0, 10, 0, 1, MarkKind::Opened, Some(Excluded::NotHeld)),
            (10, 30, 20, 2, MarkKind::WorkStarted, None),
            (30, 60, 0, 3, MarkKind::Pended, Some(Excluded::Pending)),
            (60, 70, 0, 4, MarkKind::Resumed, Some(Excluded::NotHeld)),
            (70, 90, 20, 5, MarkKind::WorkStarted, None),
            (90, 100, 0, 6, MarkKind::Resolved, Some(Excluded::Resolved)),
            (100, 120, 20, 7, MarkKind::Reopened, None),
        ]
    );
}

#[test]
fn a_deadline_is_explained_by_its_pauses_and_ends_with_the_resolution() {
    let both = [PauseState::Pending, PauseState::Resolved];
    let course = story(pausing(both, terms(600, 600, 600)), a_life());
    let lines = |at| lines(&course, ClockKind::Deadline, at, &Known::default());
    assert_eq!(
        lines(95),
        [
            (0, 10, 10, 1, MarkKind::Opened, None),
            (10, 30, 20, 2, MarkKind::WorkStarted, None),
            (30, 60, 0, 3, MarkKind::Pended, Some(Excluded::Pending)),
            (60, 70, 10, 4, MarkKind::Resumed, None),
            (70, 90, 20, 5, MarkKind::WorkStarted, None),
        ]
    );
    assert_eq!(lines(110)[5], (90, 100, 0, 6, MarkKind::Resolved, Some(Excluded::Resolved)));
}

#[test]
fn closed_hours_keep_the_event_that_began_the_time_they_lie_in() {
    let known = known([TestHours::Shift { period: 20, from: 5, to: 15 }]);
    let course = story(within(1, terms(600, 600, 600)), [(12, Act::Start)]);
    let closed = Some(Excluded::OutOfHours);
    assert_eq!(
        lines(&course, ClockKind::Deadline, 30, &known),
        [
            (0, 5, 0, 1, MarkKind::Opened, closed),
            (5, 12, 7, 1, MarkKind::Opened, None),
            (12, 15, 3, 2, MarkKind::WorkStarted, None),
            (15, 25, 0, 2, MarkKind::WorkStarted, closed),
            (25, 30, 5, 2, MarkKind::WorkStarted, None),
        ]
    );
    let first = course.intervals(ClockKind::Deadline, t(2_000_000), &known).unwrap().take(2);
    assert_eq!(first.count(), 2);
}

#[test]
fn time_before_a_plan_or_a_restart_is_excluded_for_that() {
    let restart = Act::Terms(Some(under(ChangePolicy::Restart, terms(600, 600, 600))));
    let course = super::course(&[(0, Act::Open(None)), (10, restart.clone()), (30, restart)]);
    let (restated, earlier) = (MarkKind::TermsRestated, Some(Excluded::BeforeRestart));
    assert_eq!(
        lines(&course, ClockKind::Deadline, 40, &Known::default()),
        [
            (0, 10, 0, 1, MarkKind::Opened, Some(Excluded::NoPlan)),
            (10, 30, 0, 2, restated, earlier),
            (30, 40, 10, 3, restated, None),
        ]
    );
    assert!(lines(&course, ClockKind::Deadline, 5, &Known::default()).is_empty());
}

#[test]
fn a_few_intervals_of_a_long_time_can_be_had_and_years_do_not_part_them() {
    let course = story(terms(600, 600, 600), [(12, Act::Start)]);
    let end = t(9_000 * 365 * 86_400);
    let none = Known::default();
    let all: Vec<_> = course.intervals(ClockKind::Work, end, &none).unwrap().collect();
    assert_eq!((all.len(), all[1].to), (2, end));
    let daily = known([TestHours::Shift { period: 86_400, from: 0, to: 3_600 }]);
    let course = story(within(1, terms(600, 600, 600)), []);
    let mut some = course.intervals(ClockKind::Deadline, end, &daily).unwrap().skip(4_000);
    assert_eq!(some.next().map(|it| it.from), Some(t(2_000 * 86_400)));
}
