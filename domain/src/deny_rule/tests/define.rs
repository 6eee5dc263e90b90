//! DR1, DR2, DR3, DR4

use std::collections::BTreeSet;

use serde_json::json;
use uuid::Uuid;

use super::{defined, given, keep, keeping};
use crate::access::fit::EntryFault;
use crate::access::known::{AccessFacts, GroupFacts, HolderFacts};
use crate::access::model::{AccessSubject, Condition, Deny, FieldName, Matcher};
use crate::deny_rule::command::Define;
use crate::deny_rule::event::Definition;
use crate::deny_rule::{DenyRule, DenyRuleCommand, DenyRuleRefusal as No};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{AGENT, NO_ROLE, facts, holding, pattern};
use crate::kernel::testing::world::{CARL, NOBODY};
use crate::kernel::text::TextFault;
use crate::kernel::{
    AccessGroupId, ClaimChange, ClaimKey, Command, DenyRuleId, Refusal, ServiceAccountId,
};

fn define(definition: Definition) -> DenyRuleCommand {
    DenyRuleCommand::Define(Box::new(Define { definition }))
}

fn wanted(definition: Definition) -> Outcome<DenyRuleCommand> {
    given([]).knowing(facts(holding([]))).when(define(definition))
}

fn denying(change: impl FnOnce(&mut Definition)) -> Outcome<DenyRuleCommand> {
    let mut definition = keep();
    change(&mut definition);
    wanted(definition)
}

#[test]
fn dr1_a_rule_is_defined_once_under_a_name_of_its_own() {
    wanted(Definition { name: " Keep ".to_owned(), ..keep() }).then([defined(keep())]);
    given([defined(keep())]).when(define(keep())).refused(No::Exists);
    let long = No::NameUnfit(TextFault::TooLong(200));
    assert_eq!((long.code(), long.field()), ("DENY_RULE_NAME_UNFIT", Some("name")));
    wanted(Definition { name: "x".repeat(201), ..keep() }).refused(long);
    let key = ClaimKey::of_name("Keep");
    assert_eq!(
        DenyRuleCommand::claims(&DenyRule::default(), &defined(keep())),
        [ClaimChange::Hold { scope: "deny_rule.name", key }]
    );
}

#[test]
fn dr1_decisions_know_it_by_its_stream() {
    let id = DenyRuleId(Uuid::from_u128(0x131));
    let rule = wanted(keep()).state().body().unwrap().definition.deny(id);
    let Definition { strength, whom, actions, scope, condition, fields, .. } = keep();
    assert_eq!(rule, Deny { id, strength, whom, actions, scope, condition, fields });
}

#[test]
fn dr2_it_denies_actions_that_there_are() {
    denying(|deny| deny.actions.clear()).refused(No::ActionsUnfit(EntryFault::Actions));
    let unknown = || EntryFault::Unknown(pattern("kite.*"));
    denying(|deny| deny.actions.push(pattern("kite.*"))).refused(No::ActionsUnfit(unknown()));
    denying(|deny| deny.actions.push(pattern("ticket.*"))).acts();
}

#[test]
fn dr2_its_fields_and_its_condition_have_bounds() {
    let fields = |count: usize| -> BTreeSet<FieldName> {
        (0..count).map(|number| format!("field{number}").parse().unwrap()).collect()
    };
    denying(|deny| deny.fields = fields(200)).acts();
    denying(|deny| deny.fields = fields(201)).refused(No::TooManyFields);
    denying(|deny| deny.condition = Some(Condition::RiskAtMost(3))).acts();
    let window = json!({"time_window": {"zone": "UTC", "from": "12:00", "until": "12:00"}});
    let never: Condition = serde_json::from_value(window).unwrap();
    denying(|deny| deny.condition = Some(never)).refused(No::ConditionUnfit(EntryFault::Condition));
}

#[test]
fn dr3_whom_it_is_for_is_there() {
    wanted(keeping(Matcher::Role(AGENT))).acts();
    let refused = No::RoleUnknown { role: NO_ROLE };
    assert_eq!(refused.meta()["roleId"], NO_ROLE.to_string());
    wanted(keeping(Matcher::Role(NO_ROLE))).refused(refused);
    let group = |id| AccessGroupId(Uuid::from_u128(id));
    let (there, over, lost) = (group(1), group(2), group(3));
    let program = AccessSubject::Service(ServiceAccountId(Uuid::from_u128(4)));
    let known = || AccessFacts {
        subjects: [AccessSubject::Person(CARL), program]
            .map(|subject| (subject, HolderFacts::default()))
            .into(),
        groups: [
            (there, GroupFacts::default()),
            (over, GroupFacts { retired: true, ..GroupFacts::default() }),
        ]
        .into(),
        ..holding([])
    };
    let whom = |whom| given([]).knowing(facts(known())).when(define(keeping(whom)));
    for subject in [AccessSubject::Person(CARL), program, AccessSubject::Group(there)] {
        whom(Matcher::Subject(subject)).acts();
    }
    whom(Matcher::Group(there)).acts();
    let nobody = AccessSubject::Person(NOBODY);
    let refused = |subject| No::SubjectUnknown { subject };
    assert_eq!(refused(nobody).meta()["subject"], nobody.to_string());
    whom(Matcher::Subject(nobody)).refused(refused(nobody));
    for gone in [over, lost] {
        whom(Matcher::Group(gone)).refused(refused(AccessSubject::Group(gone)));
        let subject = AccessSubject::Group(gone);
        whom(Matcher::Subject(subject)).refused(refused(subject));
    }
}

#[test]
fn dr4_somebody_can_always_lift_it() {
    for all in ["*", "deny_rule.*", "*.define", "deny_rule.define", "*.use"] {
        let denies = |deny: &mut Definition| deny.actions = vec![pattern("ci.read"), pattern(all)];
        denying(denies).refused(No::NobodyLeft);
        denying(|deny| {
            denies(deny);
            deny.fields = ["name".parse().unwrap()].into();
        })
        .acts();
        denying(|deny| {
            denies(deny);
            deny.whom = Matcher::Role(AGENT);
        })
        .acts();
    }
}
