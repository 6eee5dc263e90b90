//! The rules of duties that are shipped keep roles apart that nobody has together by what they are.

use std::sync::Arc;

use super::{definitions, roles};
use crate::access::known::Rulebook;
use crate::access::model::{DoneDuty, Granted, Human, Registry, SodAction, SodKind};
use crate::access::sod::Separation;
use crate::access::standard::{missing_duties, standard_id, standard_roles};
use crate::access::{Permission, model::ActionName};
use crate::kernel::testing::context;
use crate::kernel::testing::world::{ANNA, BEN};
use crate::kernel::{Actor, Command};
use crate::sod_rule::command::Define;
use crate::sod_rule::{SodRule, SodRuleCommand, SodRuleEvent};

fn shipped() -> Rulebook {
    let registry = Registry::ours();
    Rulebook { roles: roles(&registry), registry, ..Rulebook::default() }
}

#[test]
fn no_standard_role_breaks_one_by_itself_and_no_role_of_people_is_part_of_two() {
    let mut book = shipped();
    let rules = missing_duties(&book);
    assert_eq!(rules.len(), 3);
    assert!(rules.iter().all(|rule| rule.action == SodAction::Block));
    let separation = Separation::of(rules.iter(), &book.roles, &book.registry);
    for standard in standard_roles() {
        let breaks = separation.inherent(&Granted::Role(standard.definition.id));
        assert!(breaks.is_empty(), "{}", standard.key);
    }
    // Once they are there, nothing is missing; nor where somebody else's rule has the name.
    book.duties = rules.iter().map(|rule| (rule.id, rule.clone())).collect();
    assert!(missing_duties(&book).is_empty());
    book.duties.values_mut().for_each(|rule| rule.name = rule.name.to_uppercase());
    assert!(missing_duties(&book).is_empty());
}

#[test]
fn where_a_role_is_over_there_is_no_rule_of_it() {
    let mut book = shipped();
    book.retired = [standard_id("auditor")].into();
    assert_eq!(missing_duties(&book).len(), 2);
    book.retired = [standard_id("access_administrator")].into();
    let left = missing_duties(&book);
    assert!(left.iter().all(|rule| matches!(rule.kind, SodKind::Dynamic { .. })), "{left:?}");
    assert!(definitions().any(|role| role.id == standard_id("access_administrator")));
}

#[test]
fn whoever_asks_for_an_erasure_does_not_decide_on_it() {
    let rules = missing_duties(&shipped());
    let duty = |name: &str| name.parse().unwrap();
    let asked = [DoneDuty { duty: duty("request"), human: Human(ANNA), acting_for: None }];
    let decides = ActionName::from(Permission::ErasureDecide);
    let breaks =
        |human| rules.iter().filter(|rule| rule.broken_by(&decides, &[human], &asked)).count();
    assert_eq!((breaks(Human(ANNA)), breaks(Human(BEN))), (1, 0));
}

#[test]
fn each_can_be_defined_by_annals_itself() {
    for definition in missing_duties(&shipped()) {
        let mut cx = context(ANNA);
        cx.actor = Actor::System;
        cx.facts.access.rules = Some(Arc::new(shipped()));
        let define = SodRuleCommand::Define(Box::new(Define { definition: definition.clone() }));
        let defined = define.decide(&SodRule::default(), &cx).unwrap();
        assert_eq!(defined, [SodRuleEvent::Defined(Box::new(definition))]);
    }
}
