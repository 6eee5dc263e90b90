//! AP1 to AP4: which way requests go.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{given, given_of};
use crate::access::known::AccessFacts;
use crate::access::model::RiskTier;
use crate::access::testing::{
    ADMIN, BUYER, ENDED, GONE, NO_GROUP, NO_ROLE, READER, TEAM, grant, known,
};
use crate::access_policy::AccessPolicyRefusal as No;
use crate::access_policy::command::SetRules;
use crate::access_policy::event::RulesSet;
use crate::access_policy::{
    AccessPolicy, AccessPolicyCommand, AccessPolicyEvent, Approver, RequestRule, StageRule,
};
use crate::access_request::stage::{Mode, Span, Threshold};
use crate::kernel::testing::world::{ANNA, GUS, NEVER, OFFICE};
use crate::kernel::text::TextFault;
use crate::kernel::{PersonId, RoleId};

fn stage(order: u8) -> StageRule {
    StageRule {
        order,
        approvers: [Approver::RoleOwner, Approver::Group(TEAM), Approver::Person(ANNA)].into(),
        mode: Mode::Any,
        span: Span { calendar: Some(OFFICE), seconds: 3_600 },
    }
}

fn rule(key: &str) -> RequestRule {
    let roles = [READER].into();
    RequestRule { key: key.to_owned(), roles, tiers: [].into(), stages: vec![stage(0)] }
}

fn free(key: &str, role: RoleId) -> RequestRule {
    RequestRule { roles: [role].into(), stages: vec![], ..rule(key) }
}

fn set(rules: Vec<RequestRule>) -> AccessPolicyCommand {
    AccessPolicyCommand::SetRules(SetRules { rules })
}

fn rules_set(rules: Vec<RequestRule>) -> AccessPolicyEvent {
    AccessPolicyEvent::RulesSet(RulesSet { rules })
}

fn staged(stage: StageRule) -> AccessPolicyCommand {
    set(vec![RequestRule { stages: vec![stage], ..rule("r") }])
}

#[test]
fn ap1_rules_change_as_a_whole() {
    let state = given([]).when(set(vec![rule(" r ")])).then([rules_set(vec![rule("r")])]).state();
    assert_eq!(state.rules, [rule("r")]);
    given([rules_set(vec![rule("r")])]).when(set(vec![rule("r")])).nothing();
    given([rules_set(vec![rule("r")])]).when(set(vec![])).then([rules_set(vec![])]);
    assert_eq!(AccessPolicy::default().rules, []);
}

#[test]
fn ap2_rules_have_bounds_and_keys_of_their_own() {
    let many = |count| (0..count).map(|number| rule(&format!("r{number}"))).collect();
    given([]).when(set(many(100))).acts();
    given([]).when(set(many(101))).refused(No::RulesTooMany);
    let key = "R".to_owned();
    given([]).when(set(vec![rule("r"), rule("R")])).refused(No::KeyTwice { key });
    let fault = TextFault::Empty;
    given([]).when(set(vec![rule(" ")])).refused(No::KeyUnfit { fault });
    let roles = (0..201).map(|number| RoleId(Uuid::from_u128(number))).collect();
    let key = "r".to_owned();
    given([]).when(set(vec![RequestRule { roles, ..rule("r") }])).refused(No::RolesTooMany { key });
}

#[test]
fn ap2_stages_have_bounds_and_orders_of_their_own() {
    let stages = |stages| set(vec![RequestRule { stages, ..rule("r") }]);
    let key = || "r".to_owned();
    given([]).when(stages((0..10).map(stage).collect())).acts();
    let many = stages((0..11).map(stage).collect());
    given([]).when(many).refused(No::StagesTooMany { key: key() });
    for order in [7, 255] {
        let twice = stages(vec![stage(7), stage(order)]);
        given([]).when(twice).refused(No::OrderUnfit { key: key(), order });
    }
    given([]).when(staged(stage(254))).acts();
    let nobody = StageRule { approvers: [].into(), ..stage(3) };
    let unfit = || No::ApproversUnfit { key: key(), order: 3 };
    given([]).when(staged(nobody)).refused(unfit());
    let people = |count| {
        let person = |number| Approver::Person(PersonId(Uuid::from_u128(number)));
        let approvers = (0..count).map(person).collect();
        staged(StageRule { approvers, ..stage(3) })
    };
    given([]).when(people(21)).refused(unfit());
    given([]).when(people(20)).refused(No::PersonUnfit);
}

#[test]
fn ap2_a_mode_can_be_satisfied() {
    let of = |mode| staged(StageRule { mode, ..stage(3) });
    let step = |among: &[Approver], approve, reject| {
        let among = among.iter().cloned().collect();
        Mode::Thresholds { steps: vec![Threshold { among, approve, reject }] }
    };
    for mode in
        [Mode::All, Mode::Quorum { needed: 1 }, step(&[], 1, 1), step(&[Approver::RoleOwner], 2, 1)]
    {
        given([]).when(of(mode)).acts();
    }
    for mode in [
        Mode::Quorum { needed: 0 },
        Mode::Thresholds { steps: vec![] },
        step(&[], 0, 1),
        step(&[], 1, 0),
        step(&[Approver::Superior], 1, 1),
    ] {
        let no = No::ModeUnfit { key: "r".to_owned(), order: 3 };
        given([]).when(of(mode)).refused(no);
    }
}

#[test]
fn ap2_a_stage_takes_a_minute_to_ninety_days_in_known_hours() {
    let of = |calendar, seconds| staged(StageRule { span: Span { calendar, seconds }, ..stage(0) });
    for seconds in [60, 90 * 86_400] {
        given([]).when(of(None, seconds)).acts();
    }
    for seconds in [59, 90 * 86_400 + 1] {
        given([]).when(of(None, seconds)).refused(No::SpanUnfit);
    }
    given([]).when(of(Some(NEVER), 60)).refused(No::SpanUnfit);
}

#[test]
fn ap3_a_rule_that_asks_nobody_names_roles_that_its_maker_may_give() {
    given([]).when(set(vec![free("f", READER)])).acts();
    let of_tier =
        RequestRule { roles: [].into(), tiers: [RiskTier::Standard].into(), ..free("f", READER) };
    given([]).when(set(vec![of_tier])).refused(No::RolesMissing { key: "f".to_owned() });
    let poor = || AccessFacts { held: vec![grant(0, BUYER)], ..known() };
    let action = "ticket.read".parse().unwrap();
    let no = No::NotHeld { key: "f".to_owned(), action };
    given_of(poor(), []).when(set(vec![free("f", READER)])).refused(no);
    given_of(poor(), []).by_nobody().when(set(vec![free("f", READER)])).acts();
    given_of(poor(), []).when(set(vec![free("f", BUYER)])).acts();
    // What others have made stays while something else changes.
    let before = [rules_set(vec![free("f", ADMIN)])];
    given_of(poor(), before).when(set(vec![free("f", ADMIN), rule("r")])).acts();
}

#[test]
fn ap4_what_is_named_is_there() {
    for role in [GONE, NO_ROLE] {
        let no = || No::RoleUnfit { key: "r".to_owned() };
        let named = RequestRule { roles: [role].into(), ..rule("r") };
        given([]).when(set(vec![named])).refused(no());
        let approvers = BTreeSet::from([Approver::Holders(role)]);
        given([]).when(staged(StageRule { approvers, ..stage(0) })).refused(no());
    }
    for group in [ENDED, NO_GROUP] {
        let approvers = [Approver::Group(group)].into();
        given([]).when(staged(StageRule { approvers, ..stage(0) })).refused(No::GroupUnfit);
    }
    let approvers = [Approver::Person(GUS)].into();
    given([]).when(staged(StageRule { approvers, ..stage(0) })).refused(No::PersonUnfit);
    let approvers = [Approver::Holders(READER), Approver::Superior, Approver::Governance].into();
    given([]).when(staged(StageRule { approvers, ..stage(0) })).acts();
}

#[test]
fn ap2_a_rule_is_for_its_roles_and_tiers() {
    let rule = |roles: &[RoleId], tiers: &[RiskTier]| RequestRule {
        roles: roles.iter().copied().collect(),
        tiers: tiers.iter().copied().collect(),
        ..rule("r")
    };
    let applies = |rule: RequestRule| rule.applies(READER, RiskTier::Elevated);
    assert!(applies(rule(&[], &[])) && applies(rule(&[READER], &[RiskTier::Elevated])));
    assert!(!applies(rule(&[ADMIN], &[])) && !applies(rule(&[READER], &[RiskTier::Standard])));
}
