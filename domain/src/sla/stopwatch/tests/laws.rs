//! Laws of any story, judged by a slow evaluator that lives through it second by second.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use proptest::prelude::*;

use super::slow::{Counter, Life, Slow};
use super::stories::{Case, case};
use super::{CLOCKS, course, event, t};
use crate::kernel::testing::cases;
use crate::sla::stopwatch::{ClockReading, ClockState, Course};
use crate::sla::terms::ClockKind;

impl Case {
    fn opening(&self) -> i64 {
        self.story[0].0
    }

    /// When things happen, the seconds before, and every seventh.
    fn seconds(&self) -> BTreeSet<i64> {
        let stamps = self.story.iter().map(|(stamp, _)| *stamp);
        let before = stamps.clone().map(|stamp| stamp - 1);
        let sevenths = (self.opening()..=self.end).step_by(7);
        let all: BTreeSet<_> = stamps.chain(before).chain(sevenths).chain([self.end]).collect();
        all.into_iter().filter(|second| *second >= self.opening()).collect()
    }

    /// When things happen, and the end.
    fn moments(&self) -> BTreeSet<i64> {
        let stamps = self.story.iter().map(|(stamp, _)| *stamp);
        stamps.filter(|stamp| *stamp >= self.opening()).chain([self.end]).collect()
    }

    fn course(&self) -> Course {
        course(&self.story)
    }

    /// Of what had happened by then.
    fn course_until(&self, second: i64) -> Course {
        let whole = self.course();
        let count = whole.marks().iter().filter(|mark| mark.at <= t(second)).count();
        let last = count.checked_sub(1).map_or(0, |last| whole.marks()[last].sequence);
        course(&self.story[..usize::try_from(last).unwrap()])
    }
}

/// What the slow evaluator thinks a clock does.
fn state(counter: &Counter, slow: &Slow<'_>, kind: ClockKind) -> ClockState {
    let over = matches!(slow.life, Some(Life::Solved | Life::Dropped));
    let pauses = slow.life == Some(Life::Pending) && counter.pauses_while_pending();
    match kind {
        _ if counter.limit().is_none() => ClockState::None,
        ClockKind::Reaction if slow.reacted => ClockState::Stopped,
        _ if over => ClockState::Stopped,
        ClockKind::Work if slow.life == Some(Life::Worked) => ClockState::Running,
        ClockKind::Work if slow.worked => ClockState::Paused,
        ClockKind::Work => ClockState::NotStarted,
        ClockKind::Reaction | ClockKind::Deadline if pauses => ClockState::Paused,
        ClockKind::Reaction | ClockKind::Deadline => ClockState::Running,
    }
}

fn must_agree(reading: &ClockReading, counter: &Counter) {
    let limit = counter.limit().unwrap_or(0);
    assert_eq!(i64::from(reading.limit_seconds), limit);
    let used = if counter.limit().is_some() { counter.used } else { 0 };
    assert_eq!(reading.used_seconds, used);
    assert_eq!(reading.breached_at.is_some(), limit > 0 && used > limit);
    assert_eq!(reading.breached_at, counter.beyond.get(&100).copied().map(t));
    assert!(reading.breached_since <= reading.breached_at);
    for threshold in &reading.thresholds {
        let beyond = counter.beyond.get(&threshold.percent).copied();
        assert_eq!(threshold.crossed_at, beyond.map(t), "{} %", threshold.percent);
    }
    let left = (limit > 0).then(|| 100 - (used * 100 / limit).min(100));
    assert_eq!(reading.remaining_percent.map(i64::from), left);
    assert_eq!(reading.used_percent, (limit > 0).then(|| used * 100 / limit));
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_stopwatch_says_what_living_through_it_second_by_second_says(case in case()) {
        let (course, seconds) = (case.course(), case.seconds());
        let mut slow = Slow::new(&case.known);
        slow.live(&case.story, case.opening()..=case.end, |second, slow| {
            if !seconds.contains(&second) {
                return;
            }
            let readings = course.at(t(second), &case.known).unwrap();
            for (kind, counter) in CLOCKS.into_iter().zip(&slow.counters) {
                let reading = readings.of(kind);
                must_agree(reading, counter);
                assert_eq!(reading.state, state(counter, slow, kind), "{kind}");
            }
        });
        let timers = course.timers(1, &case.known).unwrap();
        let passed = timers.iter().filter(|timer| timer.at <= t(case.end));
        let foretold: Vec<_> =
            passed.map(|it| ((it.clock, it.percent, it.cycle), it.at)).collect();
        let told: BTreeMap<_, _> = slow.told.iter().map(|(key, at)| (*key, t(*at))).collect();
        prop_assert_eq!(foretold.len(), told.len());
        prop_assert_eq!(foretold.into_iter().collect::<BTreeMap<_, _>>(), told);
    }

    #[test]
    fn intervals_tile_and_their_seconds_sum_up_to_what_is_used(case in case()) {
        let course = case.course();
        for second in case.seconds() {
            let readings = course.at(t(second), &case.known).unwrap();
            for kind in CLOCKS {
                let reading = readings.of(kind);
                let intervals: Vec<_> =
                    course.intervals(kind, t(second), &case.known).unwrap().collect();
                let sum: i64 = intervals.iter().map(|it| it.counted_seconds).sum();
                prop_assert_eq!(sum, reading.used_seconds);
                prop_assert!(intervals.windows(2).all(|two| two[0].to == two[1].from));
                for it in &intervals {
                    let all = (it.to - it.from).num_seconds();
                    let counted = if it.excluded.is_none() { all } else { 0 };
                    prop_assert!(all > 0);
                    prop_assert_eq!(it.counted_seconds, counted);
                }
                let Some((first, last)) = intervals.first().zip(intervals.last()) else { continue };
                prop_assert_eq!(first.from, t(case.opening()));
                let ended = reading.ended_by.map(|cause| {
                    let marks = course.marks().iter();
                    marks.clone().find(|mark| mark.sequence == cause.sequence).unwrap().at
                });
                prop_assert_eq!(last.to, ended.unwrap_or(t(second)));
            }
        }
    }

    #[test]
    fn the_limit_is_used_up_at_the_due_instant_and_not_a_second_before(case in case()) {
        for second in case.moments() {
            let so_far = case.course_until(second);
            let readings = so_far.at(t(second), &case.known).unwrap();
            for kind in CLOCKS {
                let reading = readings.of(kind);
                let limit = i64::from(reading.limit_seconds);
                let used = |at| so_far.at(at, &case.known).unwrap().of(kind).used_seconds;
                let Some(due) = reading.due_at else { continue };
                prop_assert_eq!(due > t(second), reading.used_seconds < limit);
                if due > t(second) {
                    prop_assert_eq!(used(due), limit);
                    prop_assert_eq!(used(due - TimeDelta::seconds(1)), limit - 1);
                }
            }
        }
    }

    #[test]
    fn a_timer_is_true_at_its_instant_and_not_a_second_before(case in case()) {
        for second in case.moments() {
            let so_far = case.course_until(second);
            let coming = so_far.timers(so_far.cycle(), &case.known).unwrap();
            for timer in coming.into_iter().filter(|timer| timer.at > t(second)) {
                let beyond = |at| {
                    let readings = so_far.at(at, &case.known).unwrap();
                    let used = readings.of(timer.clock).used_seconds;
                    used * 100 > i64::from(timer.limit_seconds) * i64::from(timer.percent)
                };
                prop_assert!(beyond(timer.at) && !beyond(timer.at - TimeDelta::seconds(1)));
            }
        }
    }

    #[test]
    fn what_happens_later_changes_nothing_at_an_earlier_instant(case in case()) {
        let whole = case.course();
        for second in case.moments() {
            let so_far = case.course_until(second);
            prop_assert_eq!(whole.at(t(second), &case.known), so_far.at(t(second), &case.known));
        }
    }

    #[test]
    fn within_a_cycle_nothing_that_was_used_is_given_back(case in case()) {
        let mut last = (0, [0; 3]);
        for second in case.moments() {
            let so_far = case.course_until(second);
            let readings = so_far.at(t(second), &case.known).unwrap();
            let used = CLOCKS.map(|kind| readings.of(kind).used_seconds);
            let same = last.0 == so_far.cycle();
            prop_assert!(!same || used.iter().zip(last.1).all(|(now, then)| *now >= then));
            last = (so_far.cycle(), used);
        }
    }

    #[test]
    fn one_event_after_another_is_the_same_as_all_anew(case in case()) {
        let mut course = Course::default();
        for ((stamp, act), sequence) in case.story.iter().zip(1..) {
            let stored = serde_json::to_string(&course).unwrap();
            course = serde_json::from_str(&stored).unwrap();
            course.fold(sequence, t(*stamp), &event(act));
        }
        prop_assert_eq!(course, case.course());
    }

    #[test]
    fn whatever_the_order_of_events_each_second_is_explained(case in muddle()) {
        let course = case.course();
        prop_assert!(course.timers(1, &case.known).is_ok());
        let at = t(case.end);
        let readings = course.at(at, &case.known).unwrap();
        for kind in CLOCKS {
            let all: Vec<_> = course.intervals(kind, at, &case.known).unwrap().collect();
            let sum: i64 = all.iter().map(|it| it.counted_seconds).sum();
            prop_assert_eq!(sum, readings.of(kind).used_seconds);
            prop_assert!(all.windows(2).all(|two| two[0].to == two[1].from));
        }
    }

    #[test]
    fn a_stamp_counts_as_the_second_it_falls_in(case in case(), fractions in fractions()) {
        let mut course = Course::default();
        let stamps: Vec<_> = case.story.iter().zip(&fractions).map(|((stamp, _), millis)| {
            t(*stamp) + TimeDelta::milliseconds(*millis)
        }).collect();
        for (((_, act), stamp), sequence) in case.story.iter().zip(&stamps).zip(1..) {
            course.fold(sequence, *stamp, &event(act));
        }
        let (whole, late) = (case.course(), TimeDelta::milliseconds(999));
        for second in case.seconds() {
            let plain = whole.at(t(second), &case.known).unwrap();
            let split = course.at(t(second) + late, &case.known).unwrap();
            for kind in CLOCKS {
                prop_assert_eq!(plain.of(kind).used_seconds, split.of(kind).used_seconds);
                prop_assert_eq!(plain.of(kind).due_at, split.of(kind).due_at);
            }
        }
    }
}

/// Such as no ticket had: a story in another order.
fn muddle() -> impl Strategy<Value = Case> {
    case().prop_flat_map(|case| {
        let (known, end) = (case.known, case.end);
        Just(case.story).prop_shuffle().prop_map(move |story| Case {
            story,
            known: known.clone(),
            end,
        })
    })
}

/// Of each event's second, in milliseconds.
fn fractions() -> impl Strategy<Value = Vec<i64>> {
    prop::collection::vec(0..999_i64, 15)
}
