//! What the worked cases leave open, up to the candidates.

use uuid::Uuid;

use super::world::{ANN, Case, PAT, at, direct, grant, id, permit, person};
use crate::access::decide::{Held, Source, SubjectState};
use crate::access::model::{
    AccessSubject, Condition, Entry, Grant, GrantState, Matcher, Obligation, ObligationSet,
    RelationName, RelationRule, Scope, Strength,
};
use crate::kernel::{AccessGroupId, CiId, DenyRuleId, GrantId, RoleId};

/// PAT, an agent of the region, looks at a ticket of its desk.
pub(super) fn view() -> Case {
    Case::new([grant("agent", "emea")], "ticket.view", "emea/sd")
}

pub(super) fn obligations<const N: usize>(all: [Obligation; N]) -> ObligationSet {
    all.into_iter().collect()
}

pub(super) fn group(name: &str) -> AccessGroupId {
    AccessGroupId(id(name))
}

#[track_caller]
pub(super) fn answers<const N: usize>(cases: [(Case, &str); N]) {
    for (number, (case, expected)) in cases.into_iter().enumerate() {
        assert_eq!(case.answer(), expected, "number {number}");
    }
}

#[test]
fn g1_who_asks_what_in_which_session() {
    let state = |state| view().with(|it| it.holdings.state = state);
    answers([
        (Case::new([grant("agent", "all")], "ticket.burn", "emea"), "DENY gate.unknown_action"),
        (view().with(|it| it.session.revoked = true), "DENY gate.credential"),
        (state(SubjectState::Suspended), "DENY gate.subject_state"),
        (view().by_a_program(), "ALLOW"),
        (
            view().by_a_program().with(|it| {
                let group = AccessSubject::Group(group("g"));
                it.holdings.subject = group;
            }),
            "ALLOW",
        ),
    ]);
}

#[test]
fn g2_the_function_is_needed_live_wherever_it_holds() {
    let base =
        |change: fn(&mut Grant)| view().with(|case| change(&mut case.holdings.grants[0].grant));
    answers([
        (base(|base| base.scope = "apac".parse().unwrap()), "ALLOW"),
        (base(|base| base.until = Some(at("12:00:00"))), "DENY no_function"),
        (base(|base| base.from = at("12:00:01")), "DENY no_function"),
        (base(|base| base.state = GrantState::Revoked), "DENY no_function"),
        (
            view().with(|case| case.session.roles = Some([RoleId(id("agent"))].into())),
            "DENY no_function",
        ),
        // Delegated, it is worth what whoever delegated has of it.
        (base(|base| base.delegated_by = Some(ANN)), "DENY no_function"),
        (
            base(|base| base.delegated_by = Some(ANN))
                .with(|case| case.holdings.delegators = vec![person(ANN, [])]),
            "ALLOW",
        ),
        (
            base(|base| base.delegated_by = Some(ANN)).with(|case| {
                case.holdings.delegators = vec![person(ANN, [])];
                case.holdings.delegators[0].state = SubjectState::Suspended;
            }),
            "DENY no_function",
        ),
    ]);
}

#[test]
fn g2_what_cannot_be_answered_is_no_function() {
    let faulty = Entry { condition: Some(Condition::RiskAtMost(1)), ..permit("ticket.use") };
    let case = view().with(|case| {
        case.holdings.grants[0].grant = direct("use", faulty, "all");
    });
    let decision = case.decision();
    assert_eq!(decision.reason_code().unwrap(), "no_function");
    assert_eq!(decision.faults[0].source, Source::Grant(GrantId(id("use@all"))));
    assert_eq!(case.with(|case| case.object.risk = Some(1)).answer(), "ALLOW");
}

#[test]
fn h_rules_are_for_those_they_name() {
    let under = |whom: Matcher| {
        view().with(|case| {
            case.rules.denies[0].whom = whom;
            case.rules.denies[0].actions = vec!["ticket.view".parse().unwrap()];
            case.holdings.groups = [group("g")].into();
        })
    };
    let (denied, role) = ("DENY hard_deny:D1", |name| Matcher::Role(RoleId(id(name))));
    let lead = |case: &mut Case| case.holdings.grants[1].grant = grant("lead", "emea");
    answers([
        (under(Matcher::Any), denied),
        (under(Matcher::Subject(AccessSubject::Person(PAT))), denied),
        (under(Matcher::Subject(AccessSubject::Person(ANN))), "ALLOW"),
        (under(Matcher::Group(group("g"))), denied),
        (under(Matcher::Subject(AccessSubject::Group(group("g")))), denied),
        (under(Matcher::Group(group("other"))), "ALLOW"),
        (under(role("agent")), denied),
        (under(role("lead")), "ALLOW"),
        (under(role("agent")).with(lead), denied),
        (
            // Whichever roles the session activates.
            under(role("agent")).with(|case| {
                case.session.roles = Some([RoleId(id("base"))].into());
            }),
            denied,
        ),
        (
            under(role("lead")).with(|case| {
                let over = Grant { until: Some(at("12:00:00")), ..grant("lead", "emea") };
                case.holdings.grants.push(Held { grant: over, through: None });
            }),
            "ALLOW",
        ),
    ]);
}

#[test]
fn h_rules_hold_where_they_say_whatever_stands_between() {
    let under = |scope: &str, place: &str| {
        Case::new([Grant { pierces: true, ..grant("auditor", "all") }], "ticket.view", place).with(
            |case| {
                case.rules.denies[0].scope = scope.parse().unwrap();
                case.rules.denies[0].actions = vec!["*.view".parse().unwrap()];
                case.object.item = Some(CiId(Uuid::nil()));
            },
        )
    };
    answers([
        (under("emea", "emea/hr"), "DENY hard_deny:D1"),
        (under("emea/hr", "emea"), "ALLOW"),
        (under("ci:00000000-0000-0000-0000-000000000000", "apac"), "DENY hard_deny:D1"),
        (under("ci:00000000-0000-0000-0000-000000000001", "apac"), "ALLOW"),
    ]);
}

#[test]
fn h_and_s_the_first_rule_by_identity_is_the_reason() {
    let case = view().with(|case| {
        let rule = |number, strength| {
            let mut rule = case.rules.denies[0].clone();
            rule.id = DenyRuleId(Uuid::from_u128(number));
            rule.strength = strength;
            rule.actions = vec!["ticket.view".parse().unwrap()];
            rule
        };
        let (hard, soft) = (Strength::Hard, Strength::Soft);
        case.rules.denies = vec![rule(1, soft), rule(3, hard), rule(2, hard), rule(0, soft)];
    });
    let first = |case: &Case| case.decision().reason_code().unwrap();
    assert_eq!(first(&case), format!("hard_deny:{}", Uuid::from_u128(2)));
    let soft = case.with(|case| case.rules.denies.retain(|rule| rule.takes_exceptions()));
    assert_eq!(first(&soft), format!("soft_deny:{}", Uuid::from_u128(0)));
    // What is hard comes before there being no grant, what is soft after it.
    let nothing = soft.with(|case| drop(case.holdings.grants.pop()));
    assert_eq!(first(&nothing), "no_grant");
}

#[test]
fn c_the_nearest_miss_is_the_reason() {
    let agent = || grant("agent", "emea");
    let over = || Grant { until: Some(at("11:00:00")), ..agent() };
    let revoked = || Grant { state: GrantState::Revoked, ..agent() };
    let elsewhere = || grant("agent", "apac");
    let later = Grant { from: at("12:00:00.000001"), ..agent() };
    let over_elsewhere = Grant { until: Some(at("11:00:00")), ..elsewhere() };
    let revoked_elsewhere = Grant { state: GrantState::Revoked, ..elsewhere() };
    let revoked_later = Grant { state: GrantState::Revoked, ..later.clone() };
    let marked = Grant { state: GrantState::Expired, ..agent() };
    let ask = |grants: [Grant; 1]| Case::new(grants, "ticket.view", "emea/sd");
    let two = |grants: [Grant; 2]| Case::new(grants, "ticket.view", "emea/sd");
    answers([
        (two([elsewhere(), over()]), "DENY expired"),
        (two([over(), revoked()]), "DENY revoked"),
        (two([over_elsewhere.clone(), elsewhere()]), "DENY out_of_scope"),
        (ask([marked]), "DENY expired"),
        (ask([later]), "DENY no_grant"),
        (ask([over_elsewhere]), "DENY no_grant"),
        (ask([revoked_elsewhere]), "DENY no_grant"),
        (ask([revoked_later]), "DENY no_grant"),
        (ask([grant("nobody", "all")]), "DENY no_grant"),
        (two([revoked(), agent()]), "ALLOW"),
    ]);
}

#[test]
fn c_standing_otherwise_is_out_of_scope_and_other_circumstances_are_no_grant() {
    let own = [RelationName::Own].into_iter().collect();
    let rule = RelationRule(vec![own]);
    let entry = Entry { when: rule, ..permit("ticket.view") };
    let owners = Case::new([direct("own", entry, "emea")], "ticket.view", "emea/sd");
    let risky = Entry { condition: Some(Condition::RiskAtMost(1)), ..permit("ticket.view") };
    let risky = Case::new([direct("risky", risky, "emea")], "ticket.view", "emea/sd");
    answers([
        (owners.clone(), "DENY out_of_scope"),
        (owners.with(|case| case.object.relation = own), "ALLOW"),
        (risky.clone().with(|case| case.object.risk = Some(2)), "DENY no_grant"),
        (risky.with(|case| case.object.risk = Some(1)), "ALLOW"),
    ]);
}

#[test]
fn c_one_item_is_a_scope_behind_no_barrier() {
    let item = CiId(Uuid::from_u128(5));
    let case = Case::new([grant("agent", "all")], "ticket.view", "emea/hr").with(|case| {
        case.holdings.grants[1].grant.scope = Scope::Item(item);
    });
    answers([
        (case.clone(), "DENY out_of_scope"),
        (case.with(|case| case.object.item = Some(item)), "ALLOW"),
    ]);
}

#[test]
fn c_a_session_leaves_roles_aside_and_no_direct_grant() {
    let only_base = |case: &mut Case| case.session.roles = Some([RoleId(id("base"))].into());
    let direct = direct("view", permit("ticket.view"), "emea");
    answers([
        (view().with(only_base), "DENY no_grant"),
        (Case::new([direct], "ticket.view", "emea/sd").with(only_base), "ALLOW"),
    ]);
}

#[test]
fn a_grant_of_a_group_is_one_of_its_members() {
    let case = view().with(|case| {
        case.holdings.grants[1].through = Some(group("g"));
        let again = Held { through: None, ..case.holdings.grants[1].clone() };
        case.holdings.grants.push(again);
    });
    let decision = case.decision();
    assert!(decision.is_allowed());
    assert_eq!(decision.grants, [GrantId(id("agent@emea"))]);
}
