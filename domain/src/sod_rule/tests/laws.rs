//! Laws of any history of a rule of segregation of duties.

use proptest::prelude::*;

use super::{counting, dividing};
use crate::access::model::{Granted, SodAction, SodRule as Definition};
use crate::kernel::testing::access::{AGENT, directly, facts, holding};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{ClaimChange, Command, Context};
use crate::sod_rule::command::{Define, Redefine, Retire};
use crate::sod_rule::{SodRule, SodRuleCommand};

fn a_definition() -> impl Strategy<Value = Definition> {
    let kinds = prop::sample::select(vec![counting(), dividing()]);
    let actions = prop::sample::select(vec![SodAction::Block, SodAction::Record, SodAction::Prune]);
    let names = prop::sample::select(vec!["Apart", "APART", "Far"]);
    (kinds, actions, names).prop_map(|(rule, action, name)| Definition {
        name: name.to_owned(),
        action,
        ..rule
    })
}

fn any_command() -> impl Strategy<Value = SodRuleCommand> {
    use SodRuleCommand as C;
    prop_oneof![
        3 => a_definition().prop_map(|definition| C::Define(Box::new(Define { definition }))),
        6 => a_definition().prop_map(|definition| C::Redefine(Box::new(Redefine { definition }))),
        1 => Just(C::Retire(Retire {})),
    ]
}

fn someone(held: Option<Granted>) -> Context {
    Context { facts: facts(holding(held)), ..context(world::ANNA) }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_command_changes_nothing_the_second_time_and_a_name_has_one_rule(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let (mut rule, mut held) = (SodRule::default(), Vec::new());
        for command in commands {
            let Ok(events) = command.clone().decide(&rule, &someone(None)) else { continue };
            for event in events {
                for change in SodRuleCommand::claims(&rule, &event) {
                    match change {
                        ClaimChange::Hold { key, .. } => held.push(key),
                        ClaimChange::Release { key, .. } => held.retain(|it| *it != key),
                    }
                }
                rule.evolve(event);
            }
            let again = command.decide(&rule, &someone(None));
            prop_assert_eq!(again.unwrap_or_default(), vec![]);
            let lives = rule.body().is_ok_and(|body| !body.retired);
            prop_assert_eq!(held.len(), usize::from(lives));
        }
        let stored = serde_json::to_value(&rule).unwrap();
        prop_assert_eq!(serde_json::from_value::<SodRule>(stored).unwrap(), rule);
    }

    /// Whoever a rule binds cannot get rid of it in any number of steps.
    #[test]
    fn sd4_a_rule_that_binds_somebody_stays_as_it_is_for_them(
        commands in prop::collection::vec(any_command(), 0..8), divides in any::<bool>(),
    ) {
        let (first, held) = match divides {
            true => (dividing(), directly(["access.*"])),
            false => (counting(), Granted::Role(AGENT)),
        };
        let mut rule = SodRule::default();
        rule.evolve(super::defined(first));
        let before = rule.clone();
        for command in commands {
            let events = command.decide(&rule, &someone(Some(held.clone()))).unwrap_or_default();
            events.into_iter().for_each(|event| rule.evolve(event));
        }
        prop_assert_eq!(rule, before);
    }
}
