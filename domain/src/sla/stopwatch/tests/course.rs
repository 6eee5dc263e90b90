//! S5: what moves a stopwatch, and what does not.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::hours::Known;
use super::{Act, at, event, story, t, terms, used, version, within};
use crate::sla::hours::Hours;
use crate::sla::stopwatch::{ClockState, Course, MarkKind, UnknownCalendar};
use crate::sla::terms::ClockKind;

#[test]
fn edits_move_nothing_not_even_the_mark_of_time() {
    let acts = [(10, Act::Start), (900, Act::Classify), (800, Act::Prioritize), (30, Act::Stop)];
    let course = story(terms(600, 600, 600), acts);
    assert_eq!(used(&course, 40), (10, 20, 40));
    let kinds: Vec<_> = course.marks().iter().map(|mark| mark.what.kind()).collect();
    assert_eq!(kinds, [MarkKind::Opened, MarkKind::WorkStarted, MarkKind::WorkStopped]);
}

#[test]
fn only_an_escalation_to_another_unit_ends_a_hold() {
    for (away, work) in [(true, 20), (false, 90)] {
        let acts = [(10, Act::Start), (30, Act::Escalate { away })];
        assert_eq!(used(&story(terms(600, 600, 600), acts), 100), (10, work, 100));
    }
}

#[test]
fn a_forward_leaves_a_pending_and_a_resolved_ticket_as_it_is() {
    let acts = [(10, Act::Start), (20, Act::Pend), (30, Act::Assign), (40, Act::Resume)];
    let course = story(terms(600, 600, 600), acts);
    assert_eq!(at(&course, 35).work.state, ClockState::Paused);
    let acts = [(10, Act::Start), (20, Act::Resolve), (30, Act::Assign)];
    let it = at(&story(terms(600, 600, 600), acts), 100);
    assert_eq!((it.deadline.state, it.deadline.used_seconds), (ClockState::Stopped, 20));
}

#[test]
fn a_cancelled_ticket_has_no_outcome_and_one_that_was_reacted_to_keeps_that() {
    let never = at(&story(terms(600, 600, 600), [(700, Act::Cancel)]), 800);
    assert_eq!((never.reaction.used_seconds, never.reaction.met), (700, None));
    assert_eq!((never.deadline.state, never.deadline.met), (ClockState::Stopped, None));
    let begun = at(&story(terms(600, 600, 600), [(10, Act::Start), (700, Act::Cancel)]), 800);
    assert_eq!((begun.reaction.met, begun.work.met), (Some(true), None));
}

#[test]
fn tasks_resolve_a_ticket_that_nobody_held() {
    let it = at(&story(terms(600, 600, 600), [(300, Act::ResolveWithTasks)]), 800);
    assert_eq!((it.reaction.used_seconds, it.reaction.met), (300, Some(true)));
    assert_eq!((it.work.used_seconds, it.work.state), (0, ClockState::Stopped));
}

#[test]
fn before_its_opening_and_without_a_plan_there_is_no_clock() {
    let course = story(terms(600, 600, 600), []);
    assert_eq!(at(&course, -1).reaction.state, ClockState::None);
    let unplanned = super::course(&[(0, Act::Open(None)), (10, Act::Start)]);
    assert_eq!(at(&unplanned, 20).work.state, ClockState::None);
    assert_eq!((unplanned.terms(), course.terms().map(|it| it.plan_version)), (None, Some(1)));
}

#[test]
fn a_calendar_that_is_not_at_hand_is_an_error_that_names_it() {
    let course = story(within(4, terms(600, 600, 600)), []);
    let unknown = UnknownCalendar(version(4));
    let known = Known::default();
    assert_eq!(course.at(t(1), &known), Err(unknown));
    assert_eq!(course.timers(1, &known), Err(unknown));
}

#[test]
fn the_calendars_of_all_terms_it_had_are_needed() {
    let other = Act::Terms(Some(within(5, terms(600, 600, 600))));
    let course = story(within(4, terms(600, 600, 600)), [(9, other), (10, Act::Terms(None))]);
    assert_eq!(course.calendars(), [version(4), version(5)].into());
}

#[test]
fn a_map_of_hours_is_enough_for_calendars() {
    let course = story(within(4, terms(600, 600, 600)), []);
    let known = BTreeMap::from([(version(4), Arc::new(Hours::Always))]);
    assert_eq!(course.at(t(700), &known).unwrap().deadline.breached_at, Some(t(601)));
    let intervals = course.intervals(ClockKind::Deadline, t(700), &known).unwrap();
    assert_eq!(intervals.map(|it| it.counted_seconds).collect::<Vec<_>>(), [700]);
}

#[test]
fn whatever_cannot_follow_is_folded_too() {
    let mut course = Course::default();
    course.fold(1, t(0), &event(&Act::Stop));
    assert_eq!(course, Course::default());
    let odd = [Act::Open(None), Act::Resume, Act::Close, Act::Cancel, Act::Close];
    for (act, sequence) in odd.iter().zip(2..) {
        course.fold(sequence, t(sequence), &event(act));
    }
    assert_eq!(course.opened_at(), Some(t(2)));
    assert_eq!(at(&course, 100).reaction.state, ClockState::None);
}
