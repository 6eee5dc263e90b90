//! S9, S11: which crossing is told of when, in which cycle, under which name.

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::hours::Known;
use super::{Act, CLOCKS, Course, after, story, t, terms, under};
use crate::kernel::testing::tickets::{OTHER, THIS};
use crate::sla::terms::{ChangePolicy, ClockKind};

/// Of one clock: percent, cycle, when, and since when as its cycle judges it.
fn timers(course: &Course, clock: ClockKind) -> Vec<(u16, u32, i64, i64)> {
    let all = course.timers(1, &Known::default()).unwrap();
    let own = all.into_iter().filter(|timer| timer.clock == clock);
    own.map(|it| (it.percent, it.cycle, after(it.at), after(it.since))).collect()
}

#[test]
fn a_threshold_is_crossed_at_the_first_second_beyond_it() {
    let course = story(terms(600, 0, 14_400), []);
    assert_eq!(timers(&course, ClockKind::Reaction), [(75, 1, 451, 451), (100, 1, 601, 601)]);
    assert_eq!(timers(&course, ClockKind::Work), []);
    let course = story(terms(600, 3_600, 14_400), [(500, Act::Start), (600, Act::Stop)]);
    assert_eq!(timers(&course, ClockKind::Reaction), [(75, 1, 451, 451)]);
    assert_eq!(timers(&course, ClockKind::Work), []);
}

#[test]
fn the_breach_is_told_of_whatever_thresholds_there_are() {
    let mut plan = terms(600, 0, 0);
    plan.reaction.thresholds = [50, 120].into();
    let told = timers(&story(plan, []), ClockKind::Reaction);
    assert_eq!(told, [(50, 1, 301, 301), (100, 1, 601, 601), (120, 1, 721, 721)]);
}

#[test]
fn a_reopening_tells_once_more_of_what_still_counts() {
    let acts = [(10, Act::Start), (150, Act::Resolve), (160, Act::Reopen { held: false })];
    let course = story(terms(5, 1_000, 100), acts);
    assert_eq!(timers(&course, ClockKind::Reaction), [(75, 1, 4, 4), (100, 1, 6, 6)]);
    assert_eq!(
        timers(&course, ClockKind::Deadline),
        [(75, 1, 76, 76), (100, 1, 101, 101), (75, 2, 160, 76), (100, 2, 160, 101)]
    );
}

#[test]
fn a_gap_that_uses_up_the_limit_is_told_of_at_the_reopening() {
    let acts = [(10, Act::Start), (50, Act::Resolve), (500, Act::Reopen { held: true })];
    let course = story(terms(0, 0, 100), acts);
    assert_eq!(timers(&course, ClockKind::Deadline), [(75, 2, 500, 76), (100, 2, 500, 101)]);
    assert_eq!(super::at(&course, 499).deadline.breached_at, None);
    assert_eq!(super::at(&course, 500).deadline.breached_at, Some(super::t(500)));
}

#[test]
fn s9_a_restatement_finds_a_breach_and_unsays_none() {
    let restated = |limit| Act::Terms(Some(terms(limit, 0, 0)));
    let found = story(terms(600, 0, 0), [(400, Act::Start), (1_000, restated(300))]);
    assert_eq!(timers(&found, ClockKind::Reaction), [(75, 2, 1_000, 226), (100, 2, 1_000, 301)]);
    let lifted = story(terms(300, 0, 0), [(400, Act::Start), (1_000, restated(600))]);
    assert_eq!(timers(&lifted, ClockKind::Reaction), [(75, 1, 226, 226), (100, 1, 301, 301)]);
    assert_eq!(super::at(&lifted, 1_000).reaction.breached_at, None);
}

#[test]
fn what_is_finished_and_keeps_its_verdict_is_not_told_of_again() {
    for policy in [ChangePolicy::CarryOver, ChangePolicy::Restart] {
        let other = Act::Terms(Some(under(policy, terms(10, 0, 10_000))));
        let course = story(terms(100, 0, 10_000), [(200, Act::Start), (300, other)]);
        assert_eq!(timers(&course, ClockKind::Reaction), [(75, 1, 76, 76), (100, 1, 101, 101)]);
    }
}

#[test]
fn a_cycle_that_no_instant_lies_in_tells_nothing() {
    let restated = |limit| Act::Terms(Some(terms(0, 0, limit)));
    let course = story(terms(0, 0, 1_000), [(500, restated(100)), (500, restated(400))]);
    assert_eq!(timers(&course, ClockKind::Deadline), [(75, 3, 500, 301), (100, 3, 500, 401)]);
}

#[test]
fn the_present_cycle_can_be_had_alone() {
    let course = story(terms(100, 0, 0), [(200, Act::Terms(Some(terms(100, 0, 0))))]);
    assert_eq!(course.cycle(), 2);
    let present = course.timers(course.cycle(), &Known::default()).unwrap();
    assert!(present.iter().all(|timer| timer.cycle == 2));
    assert_eq!((present.len(), present[1].used_seconds, present[1].limit_seconds), (2, 200, 100));
}

#[test]
fn each_has_a_command_of_its_own_and_the_same_one_every_time() {
    let course = story(terms(10, 10, 10), [(20, Act::Start), (40, Act::Resolve)]);
    let all = course.timers(1, &Known::default()).unwrap();
    let ids: BTreeSet<_> =
        [THIS, OTHER].iter().flat_map(|of| all.iter().map(|it| it.command_id(*of))).collect();
    assert_eq!((ids.len(), all.len()), (12, 2 * CLOCKS.len()));
    let again = course.timers(1, &Known::default()).unwrap();
    assert!(again.iter().all(|timer| ids.contains(&timer.command_id(THIS))));
}

#[test]
fn s5_a_second_that_was_over_before_an_event_is_of_the_cycle_before_it() {
    let event = |act| super::event(&act);
    let restated_after = |millis| {
        let mut course = Course::default();
        let split = TimeDelta::milliseconds(900);
        course.fold(1, t(0) + split, &event(Act::Open(Some(terms(0, 0, 10)))));
        let at = t(11) + TimeDelta::milliseconds(millis);
        course.fold(2, at, &event(Act::Terms(Some(terms(0, 0, 10)))));
        let all = course.timers(1, &Known::default()).unwrap();
        let breaches = all.into_iter().filter(|timer| timer.percent == 100);
        breaches.map(|timer| (timer.cycle, timer.at - t(0), timer.since)).collect::<Vec<_>>()
    };
    let eleven = TimeDelta::seconds(11);
    let half = TimeDelta::milliseconds(500);
    assert_eq!(restated_after(500), [(1, eleven, t(11)), (2, eleven + half, t(11))]);
    assert_eq!(restated_after(0), [(2, eleven, t(11))]);
}
