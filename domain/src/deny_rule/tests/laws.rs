//! Laws of any history of a rule that denies.

use proptest::prelude::*;

use super::{keep, keeping};
use crate::access::Permission;
use crate::access::model::{ActionName, Granted, Matcher, Strength};
use crate::deny_rule::command::{Define, Redefine, Retire};
use crate::deny_rule::event::Definition;
use crate::deny_rule::{DenyRule, DenyRuleCommand};
use crate::kernel::testing::access::{AGENT, KEEPER, facts, holding, pattern};
use crate::kernel::testing::{cases, context, world};
use crate::kernel::{ClaimChange, Command, Context};

fn a_definition() -> impl Strategy<Value = Definition> {
    let whom = vec![Matcher::Any, Matcher::Role(AGENT), Matcher::Role(KEEPER)];
    let actions = prop::sample::select(vec!["ci.*", "*.define", "*", "ci.retire"]);
    let names = prop::sample::select(vec!["Keep", "KEEP", "Hold"]);
    let hard = any::<bool>();
    (prop::sample::select(whom), actions, names, hard).prop_map(|(whom, actions, name, hard)| {
        let mut definition = Definition { name: name.to_owned(), ..keeping(whom) };
        definition.actions = vec![pattern(actions)];
        definition.strength = if hard { Strength::Hard } else { Strength::Soft };
        definition
    })
}

fn any_command() -> impl Strategy<Value = DenyRuleCommand> {
    use DenyRuleCommand as C;
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
        let (mut rule, mut held) = (DenyRule::default(), Vec::new());
        for command in commands {
            let Ok(events) = command.clone().decide(&rule, &someone(None)) else { continue };
            for event in events {
                for change in DenyRuleCommand::claims(&rule, &event) {
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
        prop_assert_eq!(serde_json::from_value::<DenyRule>(stored).unwrap(), rule);
    }

    #[test]
    fn dr4_no_history_denies_to_everybody_that_rules_are_lifted(
        commands in prop::collection::vec(any_command(), 0..12),
    ) {
        let lifts = ActionName::from(Permission::DenyRuleDefine);
        let mut rule = DenyRule::default();
        for command in commands {
            let events = command.decide(&rule, &someone(None)).unwrap_or_default();
            events.into_iter().for_each(|event| rule.evolve(event));
            let deny = rule.body().ok().map(|body| &body.definition);
            let all = deny.filter(|deny| deny.whom == Matcher::Any);
            prop_assert!(!all.is_some_and(|deny| deny.actions.iter().any(|it| it.matches(&lifts))));
        }
    }

    /// Whoever a rule binds cannot get rid of it in any number of steps.
    #[test]
    fn dr5_a_rule_that_binds_somebody_stays_as_it_is_for_them(
        commands in prop::collection::vec(any_command(), 0..8),
    ) {
        let mut rule = DenyRule::default();
        rule.evolve(super::defined(keep()));
        let before = rule.clone();
        for command in commands {
            let cx = someone(Some(Granted::Role(KEEPER)));
            let events = command.decide(&rule, &cx).unwrap_or_default();
            events.into_iter().for_each(|event| rule.evolve(event));
        }
        prop_assert_eq!(rule, before);
    }
}
