//! Laws of any definition: accepted or refused with a place, and the second time nothing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use strum::IntoEnumIterator;

use crate::kernel::testing::world::{self, ANNA, DESK, NEVER, NOWHERE, OFFICE};
use crate::kernel::testing::{cases, context};
use crate::kernel::{Command, PlanFacts, Refusal};
use crate::sla::ChangePolicy;
use crate::sla::stamp::terms;
use crate::sla_plan::command::{Define, WantedClock, WantedTargets, WantedThreshold};
use crate::sla_plan::testing::PLAN;
use crate::sla_plan::{EscalationAction, SlaPlan, SlaPlanCommand, Whom};
use crate::ticket::Priority;

fn seconds() -> impl Strategy<Value = i64> {
    prop_oneof![9 => 0..100_000_i64, 1 => any::<i64>()]
}

fn targets() -> impl Strategy<Value = BTreeMap<Priority, WantedTargets>> {
    let one = (seconds(), seconds(), seconds()).prop_map(
        |(reaction_seconds, work_seconds, deadline_seconds)| WantedTargets {
            reaction_seconds,
            work_seconds,
            deadline_seconds,
        },
    );
    let all = || Priority::iter().collect::<Vec<_>>();
    let some = prop::sample::subsequence(all(), 0..=4);
    (prop_oneof![4 => Just(all()), 1 => some], prop::collection::vec(one, 4))
        .prop_map(|(priorities, targets)| priorities.into_iter().zip(targets).collect())
}

fn action() -> impl Strategy<Value = EscalationAction> {
    prop_oneof![
        Just(EscalationAction::RaisePriority),
        Just(EscalationAction::Notify { whom: Whom::Unit }),
        prop::sample::select(vec![DESK, DESK, DESK, NOWHERE])
            .prop_map(|unit| EscalationAction::AssignToUnit { unit }),
        prop::sample::select(vec!["Late", " late ", "x"])
            .prop_map(|tag| EscalationAction::Tag { tag: tag.to_owned() }),
    ]
}

fn clock() -> impl Strategy<Value = WantedClock> {
    let percent = prop_oneof![9 => 1..=1_000_i64, 1 => any::<i64>()];
    let threshold = (percent, prop::collection::vec(action(), 0..3))
        .prop_map(|(percent, actions)| WantedThreshold { percent, actions });
    let thresholds = prop::option::of(prop::collection::vec(threshold, 0..4));
    let calendar = prop::sample::select(vec![None, Some(OFFICE), Some(OFFICE), Some(NEVER)]);
    (calendar, thresholds).prop_map(|(calendar, thresholds)| WantedClock {
        calendar,
        pause_states: [].into(),
        thresholds,
    })
}

fn define() -> impl Strategy<Value = SlaPlanCommand> {
    let policy = prop::sample::select(ChangePolicy::iter().collect::<Vec<_>>());
    (policy, targets(), clock(), clock(), clock()).prop_map(
        |(policy, targets, reaction, work, deadline)| {
            let name = "Gold".to_owned();
            let define = Define { name, policy, targets, reaction, work, deadline };
            SlaPlanCommand::Define(Box::new(define))
        },
    )
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_definition_is_accepted_once_and_means_terms_or_is_refused_with_a_place(
        command in define(),
    ) {
        let mut plan = SlaPlan::default();
        let mut cx = context(ANNA);
        cx.facts = world::facts(&command.needs(&plan), None);
        match command.clone().decide(&plan, &cx) {
            Err(refusal) => prop_assert!(refusal.field().is_some()),
            Ok(events) => {
                events.into_iter().for_each(|event| plan.evolve(event));
                let body = *plan.0.clone().unwrap();
                prop_assert_eq!(command.decide(&plan, &cx), Ok(vec![]));
                let facts = PlanFacts { version: body.version, definition: body.definition };
                for priority in Priority::iter() {
                    prop_assert!(terms(PLAN, &facts, priority, &cx.facts.calendars).is_some());
                }
                let stored = serde_json::to_value(&plan).unwrap();
                prop_assert_eq!(serde_json::from_value::<SlaPlan>(stored).unwrap(), plan);
            }
        }
    }
}
