//! S8: one worked example a policy, and what happens where changes meet.

use super::hours::TestHours;
use super::{Act, at, known, story, t, terms, under, used, within};
use crate::sla::stopwatch::ClockState;
use crate::sla::terms::{ChangePolicy, Terms};

const PLAN: (u32, u32, u32) = (600, 3_600, 14_400);

fn first() -> Terms {
    let (reaction, work, deadline) = PLAN;
    terms(reaction, work, deadline)
}

/// Half the time for everything.
fn half(policy: ChangePolicy) -> Act {
    let (reaction, work, deadline) = PLAN;
    Act::Terms(Some(under(policy, terms(reaction / 2, work / 2, deadline / 2))))
}

/// Work from 400, other terms at 1,000, solved at 3,000.
fn changed(policy: ChangePolicy) -> super::Course {
    story(first(), [(400, Act::Start), (1_000, half(policy)), (3_000, Act::Resolve)])
}

#[test]
fn restated_terms_judge_everything_from_the_opening() {
    let course = changed(ChangePolicy::Restate);
    assert_eq!(used(&course, 5_000), (400, 2_600, 3_000));
    let it = at(&course, 5_000);
    assert_eq!((it.reaction.limit_seconds, it.reaction.met), (300, Some(false)));
    assert_eq!(
        (it.reaction.breached_since, it.reaction.breached_at),
        (Some(t(301)), Some(t(1_000)))
    );
    assert_eq!((it.work.limit_seconds, it.work.met), (1_800, Some(false)));
    assert_eq!((it.work.breached_since, it.work.breached_at), (Some(t(2_201)), Some(t(2_201))));
    assert_eq!((it.deadline.limit_seconds, it.deadline.met), (7_200, Some(true)));
}

#[test]
fn carried_over_what_is_finished_keeps_its_verdict_and_the_rest_its_seconds() {
    let course = changed(ChangePolicy::CarryOver);
    assert_eq!(used(&course, 5_000), (400, 2_600, 3_000));
    let it = at(&course, 5_000);
    assert_eq!((it.reaction.limit_seconds, it.reaction.met), (600, Some(true)));
    assert_eq!((it.work.limit_seconds, it.work.met), (1_800, Some(false)));
    assert_eq!((it.deadline.limit_seconds, it.deadline.met), (7_200, Some(true)));
}

#[test]
fn restarted_the_rest_begins_at_0() {
    let course = changed(ChangePolicy::Restart);
    assert_eq!(used(&course, 5_000), (400, 2_000, 2_000));
    let it = at(&course, 5_000);
    assert_eq!((it.reaction.limit_seconds, it.reaction.met), (600, Some(true)));
    assert_eq!((it.work.breached_since, it.work.breached_at), (Some(t(2_801)), Some(t(2_801))));
    assert_eq!((it.deadline.limit_seconds, it.deadline.met), (7_200, Some(true)));
}

#[test]
fn a_reaction_that_runs_is_carried_over_too() {
    let course = story(first(), [(250, half(ChangePolicy::CarryOver))]);
    let it = at(&course, 301).reaction;
    assert_eq!((it.used_seconds, it.limit_seconds, it.due_at), (301, 300, Some(t(300))));
    assert_eq!(it.breached_at, Some(t(301)));
    let course = story(first(), [(250, half(ChangePolicy::Restart))]);
    assert_eq!(at(&course, 301).reaction.due_at, Some(t(550)));
}

#[test]
fn a_change_that_meets_a_resolved_ticket_waits_for_its_reopening() {
    for (policy, deadline) in [(ChangePolicy::CarryOver, 1_500), (ChangePolicy::Restart, 500)] {
        let acts = [
            (400, Act::Start),
            (600, Act::Resolve),
            (800, half(policy)),
            (1_000, Act::Reopen { held: true }),
        ];
        let course = story(first(), acts);
        let solved = at(&course, 900).deadline;
        assert_eq!((solved.limit_seconds, solved.used_seconds), (14_400, 600));
        let again = at(&course, 1_500);
        assert_eq!((again.deadline.limit_seconds, again.deadline.used_seconds), (7_200, deadline));
        assert_eq!((again.reaction.limit_seconds, again.reaction.used_seconds), (600, 400));
    }
}

#[test]
fn a_restatement_does_not_wait_and_overtakes_what_does() {
    let acts = [
        (400, Act::Start),
        (600, Act::Resolve),
        (700, half(ChangePolicy::Restart)),
        (800, Act::Terms(Some(terms(100, 100, 100)))),
        (1_000, Act::Reopen { held: false }),
    ];
    let course = story(first(), acts);
    let it = at(&course, 900);
    assert_eq!((it.deadline.met, it.deadline.breached_at), (Some(false), Some(t(800))));
    assert_eq!(used(&course, 1_200), (400, 200, 1_200));
}

#[test]
fn policies_may_follow_each_other() {
    let acts = [
        (100, half(ChangePolicy::Restart)),
        (150, half(ChangePolicy::CarryOver)),
        (180, half(ChangePolicy::Restart)),
        (200, half(ChangePolicy::CarryOver)),
    ];
    assert_eq!(used(&story(first(), acts.clone()), 250), (70, 0, 70));
    let mut acts = acts.to_vec();
    acts.push((240, half(ChangePolicy::Restate)));
    assert_eq!(used(&story::<5>(first(), acts.try_into().unwrap()), 250), (250, 0, 250));
}

#[test]
fn seconds_are_carried_over_as_the_old_calendar_counted_them() {
    let hours = || TestHours::Shift { period: 100, from: 0, to: 10 };
    let known = known([hours(), TestHours::Shift { period: 100, from: 0, to: 50 }]);
    let policy = ChangePolicy::CarryOver;
    let next = under(policy, within(2, first()));
    let course = story(within(1, first()), [(300, Act::Terms(Some(next)))]);
    let used = |seconds| course.at(t(seconds), &known).unwrap().deadline.used_seconds;
    assert_eq!((used(299), used(300), used(400)), (30, 30, 80));
    let restated = Act::Terms(Some(within(2, first())));
    let course = story(within(1, first()), [(300, restated)]);
    let used = |seconds| course.at(t(seconds), &known).unwrap().deadline.used_seconds;
    assert_eq!((used(299), used(300), used(400)), (30, 150, 200));
}

#[test]
fn from_no_plan_to_a_plan_and_back() {
    for (policy, deadline) in
        [(ChangePolicy::Restate, 700), (ChangePolicy::CarryOver, 200), (ChangePolicy::Restart, 200)]
    {
        let course = super::course(&[
            (0, Act::Open(None)),
            (400, Act::Start),
            (500, Act::Terms(Some(under(policy, first())))),
            (800, Act::Terms(None)),
        ]);
        assert_eq!(at(&course, 450).deadline.state, ClockState::None);
        assert_eq!(at(&course, 700).deadline.used_seconds, deadline);
        let judged = policy == ChangePolicy::Restate;
        let reaction = at(&course, 700).reaction;
        assert_eq!((reaction.met, reaction.limit_seconds > 0), (judged.then_some(true), judged));
        assert_eq!(at(&course, 800).deadline.state, ClockState::None);
        assert_eq!(at(&course, 800).deadline.used_seconds, 0);
    }
}

#[test]
fn each_clock_has_a_calendar_and_pauses_of_its_own() {
    let mut own = first();
    own.deadline = within(1, first()).deadline;
    let known = known([TestHours::Shift { period: 100, from: 0, to: 10 }]);
    let it = story(own, []).at(t(300), &known).unwrap();
    assert_eq!((it.reaction.used_seconds, it.deadline.used_seconds), (300, 30));
}
