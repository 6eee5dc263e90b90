//! Random stories of tickets: any life the ticket's table allows, under any terms, with stamps that
//! repeat and go back.

use proptest::prelude::*;
use strum::IntoEnumIterator;

use super::hours::{Known, TestHours};
use super::{Act, Story, event, terms, version};
use crate::kernel::testing::cases;
use crate::sla::terms::{ChangePolicy, ClockTerms, PauseState, Terms};
use crate::ticket::{Ticket, Verb};

/// A ticket, the calendars of its terms, and until when it is watched.
#[derive(Debug)]
pub(super) struct Case {
    pub(super) story: Story,
    pub(super) known: Known,
    pub(super) end: i64,
}

/// What else happens: after how long, which of what is possible, and the terms it brings.
type Step = (i64, usize, Option<Terms>);

/// Where in its life a generated ticket is.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Stage {
    Open,
    Worked,
    Pending,
    Resolved,
    Closed,
    Gone,
}

pub(super) fn case() -> impl Strategy<Value = Case> {
    let steps = prop::collection::vec((gap(), any::<usize>(), some_terms()), 0..14);
    (0..60_i64, some_terms(), steps, calendars()).prop_map(|(opening, terms, steps, known)| {
        let story = story(opening, terms, steps);
        let latest = story.iter().map(|(stamp, _)| *stamp).max().unwrap_or_default();
        Case { story, known, end: latest + 130 }
    })
}

fn gap() -> impl Strategy<Value = i64> {
    prop_oneof![3 => Just(0), 6 => 1..40_i64, 1 => -30..0_i64]
}

pub(super) fn some_terms() -> impl Strategy<Value = Option<Terms>> {
    let policy = prop::sample::select(ChangePolicy::iter().collect::<Vec<_>>());
    let any = (policy, some_clock(), some_clock(), some_clock()).prop_map(
        |(policy, reaction, work, deadline)| Terms {
            policy,
            reaction,
            work,
            deadline,
            ..terms(0, 0, 0)
        },
    );
    prop::option::weighted(0.9, any)
}

fn some_clock() -> impl Strategy<Value = ClockTerms> {
    let limit = prop_oneof![1 => Just(0), 4 => 1..40_u32, 4 => 40..200_u32];
    let calendar = prop::option::weighted(0.6, prop::sample::select(vec![1, 1, 2, 2, 3]));
    let pauses = vec![PauseState::Pending, PauseState::Resolved];
    let thresholds = prop::sample::subsequence(vec![33, 75, 100, 150], 0..=4);
    (limit, calendar, prop::sample::subsequence(pauses, 0..=2), thresholds).prop_map(
        |(limit_seconds, calendar, pauses, thresholds)| ClockTerms {
            limit_seconds,
            calendar: calendar.map(version),
            pause_states: pauses.into_iter().collect(),
            thresholds: thresholds.into_iter().collect(),
        },
    )
}

/// Version 1 comes again and again, 2 is open now and then, 3 never.
fn calendars() -> impl Strategy<Value = Known> {
    let shift = (5..60_i64).prop_flat_map(|period| (Just(period), 0..=period, 0..=period));
    let listed = prop::collection::vec((1..50_i64, 1..50_i64), 0..6);
    (shift, listed).prop_map(|((period, one, other), listed)| {
        let mut open = Vec::new();
        let mut last = 0;
        for (gap, length) in listed {
            open.push((last + gap, last + gap + length));
            last += gap + length;
        }
        let shift = TestHours::Shift { period, from: one.min(other), to: one.max(other) };
        let never = TestHours::Shift { period: 60, from: 0, to: 0 };
        super::known([shift, TestHours::Listed(open), never])
    })
}

fn story(opening: i64, terms: Option<Terms>, steps: Vec<Step>) -> Story {
    let mut story = vec![(opening, Act::Open(terms))];
    let (mut stage, mut away, mut latest) = (Stage::Open, false, opening);
    for (gap, choice, terms) in steps {
        let mut acts = possible(stage, terms);
        acts.retain(|act| !away || !matches!(act, Act::Escalate { .. }));
        let act = acts.swap_remove(choice % acts.len());
        match &act {
            Act::Escalate { away: true } => away = true,
            Act::Assign => away = false,
            _ => {}
        }
        stage = then(stage, &act);
        let stamp = latest + gap;
        latest = latest.max(stamp);
        story.push((stamp, act));
    }
    story
}

fn possible(stage: Stage, terms: Option<Terms>) -> Vec<Act> {
    let mut acts = vec![Act::Terms(terms.clone()), Act::Terms(terms)];
    if !matches!(stage, Stage::Closed | Stage::Gone) {
        acts.extend([Act::Assign, Act::Prioritize, Act::Classify, Act::Merge]);
    }
    if matches!(stage, Stage::Open | Stage::Worked | Stage::Pending) {
        acts.extend([Act::Escalate { away: true }, Act::Escalate { away: false }]);
        acts.extend([Act::ResolveWithParent, Act::ResolveWithTasks, Act::Cancel]);
    }
    acts.extend(match stage {
        Stage::Open => vec![Act::Start, Act::Start, Act::Start, Act::Start, Act::Pend, Act::Pend],
        Stage::Worked => {
            let resolve = || Act::Resolve;
            vec![Act::Stop, Act::Stop, Act::Pend, Act::Pend, resolve(), resolve(), resolve()]
        }
        Stage::Pending => vec![Act::Resume, Act::Resume, Act::Resume, Act::Resume],
        Stage::Resolved => {
            let (held, free) = (Act::Reopen { held: true }, Act::Reopen { held: false });
            vec![held.clone(), held, free.clone(), free, Act::Close]
        }
        Stage::Closed => vec![Act::Reopen { held: true }, Act::Reopen { held: false }],
        Stage::Gone => vec![],
    });
    acts
}

fn then(stage: Stage, act: &Act) -> Stage {
    match act {
        Act::Start | Act::Reopen { held: true } => Stage::Worked,
        Act::Open(_) | Act::Stop | Act::Resume | Act::Reopen { held: false } => Stage::Open,
        Act::Assign | Act::Escalate { away: true } if stage == Stage::Worked => Stage::Open,
        Act::Pend => Stage::Pending,
        Act::Resolve | Act::ResolveWithParent | Act::ResolveWithTasks => Stage::Resolved,
        Act::Close => Stage::Closed,
        Act::Cancel | Act::Merge => Stage::Gone,
        Act::Assign | Act::Escalate { .. } | Act::Terms(_) | Act::Prioritize | Act::Classify => {
            stage
        }
    }
}

/// What somebody does to a ticket; none: not a verb of its table.
fn verb(act: &Act) -> Option<Verb> {
    Some(match act {
        Act::Open(_) | Act::Terms(_) => return None,
        Act::Start => Verb::StartWork,
        Act::Stop => Verb::StopWork,
        Act::Assign => Verb::Assign,
        Act::Escalate { .. } => Verb::Escalate,
        Act::Pend => Verb::Pend,
        Act::Resume => Verb::Resume,
        Act::Resolve => Verb::Resolve,
        Act::ResolveWithParent => Verb::ResolveWithParent,
        Act::ResolveWithTasks => Verb::ResolveWithTasks,
        Act::Reopen { .. } => Verb::Reopen,
        Act::Close => Verb::Close,
        Act::Cancel => Verb::Cancel,
        Act::Merge => Verb::Merge,
        Act::Prioritize => Verb::Prioritize,
        Act::Classify => Verb::Classify,
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn stories_are_such_as_the_table_of_tickets_allows(case in case()) {
        let mut ticket = Ticket::default();
        for (_, act) in &case.story {
            if let Some(verb) = verb(act) {
                prop_assert!(ticket.ready_for(verb).is_ok(), "{verb} in {:?}", ticket.body());
            }
            ticket.evolve(event(act));
        }
    }
}
