//! What would have been: against what really was under the very same terms, and against the slow
//! evaluator living through a story that is told anew.

use std::collections::BTreeMap;

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::hours::TestHours;
use super::slow::Slow;
use super::stories::{Case, case, some_terms};
use super::{Act, CLOCKS, Story, course, event, known, story, t, terms, used, within};
use crate::sla::stopwatch::{Course, PrioritySince, SUPPOSED_VERSION, Supposed, What};
use crate::sla::terms::{CalendarVersion, ChangePolicy, Terms, TermsCause};
use crate::ticket::event::{Prioritized, SlaTermsRestated};
use crate::ticket::{Priority, TicketEvent};

/// What a plan means for each priority.
type Plan = BTreeMap<Priority, Terms>;

/// One policy, and terms that may be the same for several priorities.
fn plan() -> impl Strategy<Value = Plan> {
    let policy = prop::sample::select(ChangePolicy::iter().collect::<Vec<_>>());
    let of = || some_terms().prop_map(|terms| terms.unwrap_or_else(|| super::terms(10, 20, 30)));
    (policy, of(), of(), of(), any::<[prop::sample::Index; 4]>()).prop_map(
        |(policy, one, two, three, chosen)| {
            let all = [one, two, three].map(|terms| Terms { policy, ..terms });
            Priority::iter().zip(chosen.map(|it| it.get(&all).clone())).collect()
        },
    )
}

/// For each prioritization of a story, the priority it brings; the first is the opening's.
fn priorities() -> impl Strategy<Value = Vec<Priority>> {
    prop::collection::vec(prop::sample::select(Priority::iter().collect::<Vec<_>>()), 20)
}

/// The story without terms, each thing when it counted as having happened with them.
fn unmeasured(case: &Case) -> Story {
    let marks: BTreeMap<i64, i64> = course(&case.story)
        .marks()
        .iter()
        .map(|mark| (mark.sequence, super::after(mark.at)))
        .collect();
    let counted = case.story.iter().zip(1..).map(|((stamp, act), sequence)| {
        let act = if let Act::Open(_) = act { Act::Open(None) } else { act.clone() };
        (marks.get(&sequence).copied().unwrap_or(*stamp), act)
    });
    counted.filter(|(_, act)| !matches!(act, Act::Terms(_))).collect()
}

/// The priorities of a story, as a case has them.
fn since(story: &[(i64, Act)], priorities: &[Priority]) -> Vec<PrioritySince> {
    let changes =
        story.iter().zip(1..).filter(|((_, act), _)| matches!(act, Act::Open(_) | Act::Prioritize));
    changes
        .zip(priorities.iter().copied())
        .map(|(((stamp, _), sequence), priority)| (sequence, t(*stamp), priority))
        .collect()
}

/// What really happens under a plan: its terms come with each priority that makes them others.
fn really(
    story: &[(i64, Act)],
    plan: &Plan,
    priorities: &[Priority],
) -> (Course, Vec<PrioritySince>) {
    let (mut course, mut since) = (Course::default(), Vec::new());
    let (mut sequence, mut priorities) = (0, priorities.iter().copied());
    let mut now = None;
    for (stamp, act) in story {
        sequence += 1;
        let mut says = event(act);
        if let Act::Open(_) | Act::Prioritize = act {
            let priority = priorities.next().unwrap();
            since.push((sequence, t(*stamp), priority));
            let terms = &plan[&priority];
            match &mut says {
                TicketEvent::Opened(opened) => opened.sla = Some(Box::new(terms.clone())),
                TicketEvent::Prioritized(it) => *it = Prioritized { priority, ..it.clone() },
                _ => unreachable!("such acts are these events"),
            }
            course.fold(sequence, t(*stamp), &says);
            if now.replace(terms).is_some_and(|before| before != terms) {
                sequence += 1;
                let (terms, cause) = (Some(Box::new(terms.clone())), TermsCause::Priority);
                let restated = TicketEvent::SlaTermsRestated(SlaTermsRestated { terms, cause });
                course.fold(sequence, t(*stamp), &restated);
            }
        } else {
            course.fold(sequence, t(*stamp), &says);
        }
    }
    (course, since)
}

/// The story under a plan, for the slow evaluator.
fn told_under(story: &[(i64, Act)], plan: &Plan, priorities: &[Priority]) -> Story {
    let (mut told, mut priorities) = (Story::new(), priorities.iter());
    let mut now = None;
    for (stamp, act) in story {
        match act {
            Act::Open(_) => {
                now = Some(&plan[priorities.next().unwrap()]);
                told.push((*stamp, Act::Open(now.cloned())));
            }
            Act::Prioritize => {
                let next = Some(&plan[priorities.next().unwrap()]);
                if next != now {
                    now = next;
                    told.push((*stamp, Act::Terms(now.cloned())));
                }
            }
            _ => told.push((*stamp, act.clone())),
        }
    }
    told
}

proptest! {
    #![proptest_config(crate::kernel::testing::cases())]

    #[test]
    fn supposing_the_very_plan_that_applied_changes_nothing(
        case in case(), plan in plan(), priorities in priorities()
    ) {
        let story = unmeasured(&case);
        let (real, since) = really(&story, &plan, &priorities);
        let supposed = Supposed::Plan(plan).course(&real, since);
        for (second, _) in story.iter().chain([&(case.end, Act::Close)]) {
            prop_assert_eq!(real.at(t(*second), &case.known), supposed.at(t(*second), &case.known));
        }
        prop_assert_eq!(real.marks().len(), supposed.marks().len());
    }

    #[test]
    fn a_supposed_plan_says_what_living_through_it_says(
        case in case(), plan in plan(), priorities in priorities()
    ) {
        let real = course(&case.story);
        let since = since(&case.story, &priorities);
        let supposed = Supposed::Plan(plan.clone()).course(&real, since);
        let story = told_under(&unmeasured(&case), &plan, &priorities);
        let mut slow = Slow::new(&case.known);
        slow.live(&story, story[0].0..=case.end, |second, slow| {
            if second % 11 != 0 && second != case.end {
                return;
            }
            let readings = supposed.at(t(second), &case.known).unwrap();
            for (kind, counter) in CLOCKS.into_iter().zip(&slow.counters) {
                let (reading, limit) = (readings.of(kind), counter.limit().unwrap_or(0));
                assert_eq!(i64::from(reading.limit_seconds), limit);
                assert_eq!(reading.used_seconds, counter.used, "{kind} at {second}");
                assert_eq!(reading.breached_at, counter.beyond.get(&100).copied().map(t));
            }
        });
    }

    #[test]
    fn supposing_the_hours_a_calendar_really_had_changes_nothing(case in case()) {
        let real = course(&case.story);
        for version in real.calendars() {
            // Terms name several versions of one calendar: each moves to a calendar of its own.
            let alone = case.story.iter().map(|(stamp, act)| (*stamp, only(act, version)));
            let alone = course(&alone.collect::<Story>());
            let supposed = Supposed::Calendar(version).course(&alone, []);
            prop_assert_eq!(
                alone.at(t(case.end), &case.known),
                supposed.at(t(case.end), &case.known)
            );
        }
    }
}

/// The same act, where terms count in this version alone.
fn only(act: &Act, version: CalendarVersion) -> Act {
    let moved = |terms: &Option<Terms>| {
        terms.clone().map(|terms| {
            super::each(terms, |clock| {
                clock.calendar = clock.calendar.map(|_| version);
            })
        })
    };
    match act {
        Act::Open(terms) => Act::Open(moved(terms)),
        Act::Terms(terms) => Act::Terms(moved(terms)),
        _ => act.clone(),
    }
}

#[test]
fn a_supposed_plan_applies_from_the_opening_by_the_priority_of_then() {
    let real = story(
        terms(600, 0, 0),
        [
            (100, Act::Terms(Some(terms(1, 1, 1)))),
            (200, Act::Prioritize),
            (300, Act::Start),
            (900, Act::Resolve),
        ],
    );
    let plan: Plan =
        [(Priority::Normal, terms(60, 60, 60)), (Priority::High, terms(30, 30, 30))].into();
    let since = [(1, t(0), Priority::Normal), (3, t(200), Priority::High)];
    let supposed = Supposed::Plan(plan).course(&real, since);
    let kinds: Vec<_> =
        supposed.marks().iter().map(|mark| (mark.sequence, mark.what.kind().to_string())).collect();
    let kinds: Vec<_> = kinds.iter().map(|(sequence, kind)| (*sequence, kind.as_str())).collect();
    assert_eq!(kinds, [(1, "OPENED"), (3, "TERMS_RESTATED"), (4, "WORK_STARTED"), (5, "RESOLVED")]);
    let limit = |seconds| super::at(&supposed, seconds).reaction.limit_seconds;
    assert_eq!([limit(0), limit(199), limit(200)], [60, 60, 30]);
    assert_eq!(used(&supposed, 1_000), (300, 600, 900));
}

#[test]
fn another_priority_with_the_same_terms_restarts_nothing() {
    let same = super::under(ChangePolicy::Restart, terms(600, 600, 600));
    let plan: Plan = Priority::iter().map(|priority| (priority, same.clone())).collect();
    let real = story(terms(1, 1, 1), [(100, Act::Prioritize), (300, Act::Resolve)]);
    let since = [(1, t(0), Priority::Normal), (2, t(100), Priority::High)];
    assert_eq!(used(&Supposed::Plan(plan).course(&real, since), 400), (300, 0, 300));
}

#[test]
fn supposed_hours_take_the_place_of_each_version_of_their_calendar() {
    let restart = |version| super::under(ChangePolicy::Restart, within(version, terms(60, 60, 60)));
    let real = story(restart(1), [(100, Act::Terms(Some(restart(2)))), (300, Act::Resolve)]);
    let hours = CalendarVersion { version: SUPPOSED_VERSION, ..super::version(1) };
    let supposed = Supposed::Calendar(hours).course(&real, []);
    // An edit of the calendar is none where its hours were these all along.
    assert!(!supposed.marks().iter().any(|mark| matches!(mark.what, What::TermsRestated(..))));
    assert_eq!(supposed.calendars(), [hours].into());
    let mut calendars = known([]);
    calendars.0.insert(hours, TestHours::Listed(vec![(0, 50), (200, 210)]));
    assert_eq!(supposed.at(t(400), &calendars).unwrap().deadline.used_seconds, 60);
    let elsewhere = CalendarVersion { id: crate::kernel::testing::world::OFFICE, version: 0 };
    assert_eq!(Supposed::Calendar(elsewhere).course(&real, []), real);
}

#[test]
fn without_a_priority_or_terms_for_it_nothing_is_measured() {
    let real = story(terms(60, 60, 60), [(100, Act::Start)]);
    for plan in [Plan::new(), [(Priority::Low, terms(1, 1, 1))].into()] {
        let supposed = Supposed::Plan(plan).course(&real, [(1, t(0), Priority::Normal)]);
        assert_eq!(supposed.terms(), None);
        assert_eq!(used(&supposed, 200), (0, 0, 0));
    }
    let nothing = Supposed::Plan(Plan::new()).course(&Course::default(), []);
    assert_eq!(nothing, Course::default());
}
