//! SD1, SD2, SD3

use std::collections::BTreeSet;

use super::{counting, defined, dividing, duties, duty, given, rule};
use crate::access::model::{Counted, Duty, Registry, SodAction, SodKind, SodRule};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{AGENT, KEEPER, LEAD, NO_ROLE, facts, holding, pattern};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::sod_rule::command::Define;
use crate::sod_rule::{SodRule as Aggregate, SodRuleCommand, SodRuleRefusal as No};

fn define(definition: SodRule) -> SodRuleCommand {
    SodRuleCommand::Define(Box::new(Define { definition }))
}

fn wanted(definition: SodRule) -> Outcome<SodRuleCommand> {
    given([]).knowing(facts(holding([]))).when(define(definition))
}

fn counted(set: impl IntoIterator<Item = Counted>, n: u8) -> Outcome<SodRuleCommand> {
    let kind = SodKind::Static { set: set.into_iter().collect(), n };
    wanted(rule(SodAction::Block, kind))
}

#[test]
fn sd1_a_rule_is_defined_once_under_a_name_of_its_own() {
    let typed = SodRule { name: " Apart ".to_owned(), ..counting() };
    wanted(typed).then([defined(counting())]);
    wanted(dividing()).then([defined(dividing())]);
    let again = given([defined(counting())]).when(define(counting()));
    again.refused(No::Exists);
    let long = No::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("SOD_RULE_NAME_UNFIT", Some("name")));
    wanted(SodRule { name: "x".repeat(201), ..counting() }).refused(long);
    let key = ClaimKey::of_name("Apart");
    assert_eq!(
        SodRuleCommand::claims(&Aggregate::default(), &defined(counting())),
        [ClaimChange::Hold { scope: "sod_rule.name", key }]
    );
}

#[test]
fn sd2_it_counts_two_at_least_and_all_at_most() {
    let roles = [AGENT, LEAD, KEEPER].map(Counted::Role);
    counted(roles[..1].to_vec(), 2).refused(No::SetUnfit);
    for (n, fits) in [(0, false), (1, false), (2, true), (3, true), (4, false)] {
        let outcome = counted(roles.clone(), n);
        if fits { outcome.acts() } else { outcome.refused(No::CountUnfit) }
    }
    let registry = Registry::ours();
    let actions = registry.actions().map(|(_, info)| Counted::Actions((&info.name).into()));
    let actions: BTreeSet<Counted> = actions.collect();
    counted(actions.iter().take(50).cloned(), 2).acts();
    counted(actions.into_iter().take(51), 2).refused(No::SetUnfit);
}

#[test]
fn sd2_what_it_counts_is_there() {
    let role = |role| Counted::Role(role);
    let refused = No::RoleUnknown { role: NO_ROLE };
    assert_eq!(refused.meta()["roleId"], NO_ROLE.to_string());
    counted([role(AGENT), role(NO_ROLE)], 2).refused(refused);
    let actions = pattern("kite.*");
    let refused = No::ActionsUnknown { actions: actions.clone() };
    assert_eq!(refused.meta()["actions"], "kite.*");
    counted([role(AGENT), Counted::Actions(actions)], 2).refused(refused);
}

#[test]
fn sd3_it_separates_duties_on_objects_that_there_are() {
    let kind = SodKind::Dynamic { object_type: "kite".to_owned(), duties: vec![] };
    wanted(rule(SodAction::Block, kind)).refused(No::ObjectTypeUnknown);
    let some = |count: usize| {
        let names = (0..count).map(|number| duty(&format!("d{number}"), []));
        wanted(duties(names.collect::<Vec<_>>()))
    };
    some(1).refused(No::DutiesUnfit);
    some(2).acts();
    some(16).acts();
    some(17).refused(No::DutiesUnfit);
    wanted(duties([duty("request", []), duty("request", [])])).refused(No::DutiesUnfit);
}

#[test]
fn sd3_an_action_takes_on_one_duty_on_such_an_object() {
    let with = |action: &str| {
        wanted(duties([duty("request", ["access.request"]), duty("approve", [action])]))
    };
    let action = |action: &str| action.parse().unwrap();
    with("access.decide").acts();
    with("role.define").refused(No::ActionUnknown { action: action("role.define") });
    with("access.fly").refused(No::ActionUnknown { action: action("access.fly") });
    let refused = No::ActionTwice { action: action("access.request") };
    assert_eq!(refused.meta()["action"], "access.request");
    with("access.request").refused(refused);
}

#[test]
fn sd3_a_duty_has_so_many_actions_at_most() {
    let known = holding([]);
    let theirs = |count: usize| {
        let actions = (0..count).map(|number| format!("access.v{number}").parse().unwrap());
        let many = Duty { actions: actions.collect(), ..duty("many", []) };
        given([]).knowing(facts(known.clone())).when(define(duties([many, duty("other", [])])))
    };
    let refused = No::TooManyActions { duty: "many".parse().unwrap() };
    assert_eq!(refused.meta()["duty"], "many");
    theirs(51).refused(refused);
    assert!(matches!(theirs(50).refusal(), No::ActionUnknown { .. }));
}

#[test]
fn sd3_what_was_done_cannot_be_taken_back() {
    wanted(SodRule { action: SodAction::Prune, ..dividing() }).refused(No::NothingToPrune);
    wanted(SodRule { action: SodAction::Prune, ..counting() }).acts();
}
