//! The worked cases of the reference, in its numbers and verbs.
//!
//! Not here: 32, since how fresh the holdings are is the store's to say, and that only one of two
//! in 33 is written, which one stream sees to.

use chrono::TimeDelta;

use super::world::{ANN, Case, PAT, direct, exception, field, grant, id, permit, person, roles};
use crate::access::decide::{Source, SubjectState};
use crate::access::model::{
    Ceiling, Condition, Counted, DoneDuty, Entry, FieldSet, Grant, Granted, Human, Level,
    Obligation, Registry, RoleDefinition, Roles, SodAction, SodKind, SodRule,
};
use crate::access::sod::{Separation, Tenure};
use crate::kernel::{GrantId, RoleId, SodRuleId};

/// PAT asks on a ticket of the service desk.
fn ticket<const N: usize>(grants: [Grant; N], verb: &str) -> Case {
    Case::new(grants, &format!("ticket.{verb}"), "emea/sd")
}

/// PAT, who approves changes, asks to approve one that this human raised.
fn change_raised_by(human: Human) -> Case {
    Case::new([grant("chgmgr", "all")], "change.approve", "emea").with(|case| {
        let raise = "raise".parse().unwrap();
        case.object.done = vec![DoneDuty { duty: raise, human, acting_for: None }];
        case.object.required_level = Level(1);
    })
}

fn export() -> Case {
    ticket([direct("export", permit("ticket.export"), "emea")], "export").at("19:00:00")
}

/// PAT leads in the place of ANN until six.
fn delegated(until_revoked: &str) -> Case {
    let delegation = Grant {
        until: Some(super::world::at("18:00:00")),
        delegated_by: Some(ANN),
        ..grant("lead", "emea")
    };
    ticket([delegation], "assign").with(|case| {
        let lead = Grant { until: Some(super::world::at(until_revoked)), ..grant("lead", "emea") };
        case.holdings.delegators = vec![person(ANN, [lead])];
    })
}

#[test]
fn worked_cases() {
    let until_noon = Grant { until: Some(super::world::at("12:00:00")), ..grant("agent", "emea") };
    let from_noon = Grant { from: super::world::at("12:00:00"), ..grant("agent", "emea") };
    let auditor = Grant { pierces: true, ..grant("auditor", "all") };
    let delete =
        || ticket([grant("lead", "all"), direct("d", permit("ticket.delete"), "all")], "delete");
    let on_missing =
        || Some(Condition::AttributeIn { name: field("missing"), values: ["x".to_owned()].into() });
    let faulty = Entry { condition: on_missing(), ..permit("ticket.view") };
    let second_clean = [direct("a", faulty, "emea"), grant("agent", "emea")];
    let view_at = |place| Case::new([grant("agent", "emea")], "ticket.view", place);
    let cases = [
        ("1", ticket([], "view").with(|it| it.holdings.grants.clear()), "DENY no_function"),
        ("2", view_at("emea/sd"), "ALLOW"),
        ("3", Case::new([grant("agent", "emea/sd")], "ticket.view", "emea"), "DENY out_of_scope"),
        ("4", view_at("apac"), "DENY out_of_scope"),
        ("5", ticket([grant("lead", "emea")], "update").fields(["status"]), "ALLOW"),
        (
            "6",
            ticket([grant("lead", "emea")], "update").fields(["status", "priority"]),
            "DENY fields:priority",
        ),
        (
            "7",
            view_at("emea/sd").fields(["status", "salary"]).with(|case| {
                case.object.personal = [field("salary")].into();
            }),
            "ALLOW, salary masked",
        ),
        ("8", ticket([grant("temp", "emea")], "update").fields(["status"]), "DENY no_grant"),
        (
            "9",
            ticket([grant("temp", "emea"), grant("agent", "emea")], "update").fields(["status"]),
            "ALLOW",
        ),
        ("10", ticket([until_noon.clone()], "view"), "DENY expired"),
        ("11", ticket([until_noon], "view").at("11:59:59.999999"), "ALLOW"),
        ("12", ticket([from_noon], "view"), "ALLOW"),
        ("13", delete(), "DENY hard_deny:D1"),
        (
            "14",
            delete().with(|case| case.holdings.exceptions = vec![exception("D1", "20:00:00")]),
            "DENY hard_deny:D1",
        ),
        ("15", export(), "DENY soft_deny:D2"),
        (
            "16, before",
            export()
                .with(|case| case.holdings.exceptions = vec![exception("D2", "20:00:00")])
                .at("19:30:00"),
            "ALLOW",
        ),
        (
            "16, at the end",
            export()
                .with(|case| case.holdings.exceptions = vec![exception("D2", "20:00:00")])
                .at("20:00:00"),
            "DENY soft_deny:D2",
        ),
        (
            "17",
            export().with(|case| case.rules.denies[1].condition = on_missing()).at("12:00:00"),
            "DENY soft_deny:D2",
        ),
        ("18", ticket(second_clean, "view"), "ALLOW"),
        ("19", view_at("emea/hr"), "DENY out_of_scope"),
        ("20", Case::new([auditor], "ticket.view", "emea/hr"), "ALLOW"),
        (
            "21",
            ticket([grant("lead", "all")], "assign").with(|case| {
                case.session.token = Some(Ceiling(vec!["ticket.view".parse().unwrap()]));
            }),
            "DENY ceiling",
        ),
        ("22", delegated("12:00:00").at("12:00:01"), "DENY ceiling"),
        (
            "23",
            change_raised_by(Human(ANN)).with(|case| case.object.required_level = Level(3)),
            "DENY level",
        ),
        ("24", change_raised_by(Human(PAT)), "DENY dsod:DS1"),
        (
            "25",
            change_raised_by(Human(ANN)).with(|case| case.holdings.human = Some(Human(ANN))),
            "DENY dsod:DS1",
        ),
        (
            "26, by grant",
            change_raised_by(Human(ANN)).with(|case| {
                case.holdings.grants[1].grant.delegated_by = Some(ANN);
                case.holdings.delegators = vec![person(ANN, [grant("chgmgr", "all")])];
            }),
            "DENY dsod:DS1",
        ),
        (
            "26, by session",
            change_raised_by(Human(ANN)).with(|it| it.session.acting_for = Some(Human(ANN))),
            "DENY dsod:DS1",
        ),
        (
            "30",
            view_at("emea/sd").with(|case| case.holdings.state = SubjectState::Terminated),
            "DENY gate.subject_state",
        ),
        (
            "31",
            view_at("emea/sd").with(|case| {
                case.holdings.revision = 850;
                case.holdings.revoked = [case.holdings.grants[1].grant.id].into();
            }),
            "DENY revoked",
        ),
        ("34", ticket([grant("break_glass", "all")], "close"), "DENY obligation:reason_required"),
        (
            "34, as write",
            ticket([grant("break_glass", "all")], "update").fields(["status"]),
            "DENY obligation:reason_required",
        ),
        ("35", change_raised_by(Human(ANN)).by_a_program(), "DENY gate.non_human_approver"),
    ];
    for (number, case, expected) in cases {
        assert_eq!(case.answer(), expected, "case {number}");
    }
}

#[test]
fn their_opposites() {
    let reason = [Obligation::ReasonRequired].into_iter().collect();
    let cases = [
        ("7", {
            let salary = Entry { fields: FieldSet::All, ..permit("ticket.view") };
            ticket([direct("all", salary, "emea")], "view").fields(["salary"]).with(|case| {
                case.object.personal = [field("salary")].into();
            })
        }),
        ("15", export().at("18:00:00").with(|case| case.rules.denies.clear())),
        ("15, in hours", export().at("17:59:59")),
        ("15, at eight", export().at("08:00:00")),
        (
            "21",
            ticket([grant("lead", "all")], "assign").with(|case| {
                case.session.token = Some(Ceiling(vec!["ticket.*".parse().unwrap()]));
            }),
        ),
        ("22", delegated("12:00:02").at("12:00:01")),
        ("23", change_raised_by(Human(ANN)).with(|it| it.object.required_level = Level(2))),
        ("24", change_raised_by(Human(ANN))),
        ("34", ticket([grant("break_glass", "all")], "close").with(|it| it.session.met = reason)),
    ];
    for (number, case) in cases {
        assert_eq!(case.answer(), "ALLOW", "the opposite of case {number}");
    }
}

#[test]
fn nothing_takes_an_exception_from_a_hard_rule() {
    let rules = ticket([], "delete").rules;
    let takes: Vec<bool> = rules.denies.iter().map(|deny| deny.takes_exceptions()).collect();
    assert_eq!(takes, [false, true]);
}

#[test]
fn what_cannot_be_answered_is_written_down() {
    let condition = Condition::RiskAtMost(3);
    let faulty = Entry { condition: Some(condition), ..permit("ticket.view") };
    let grants = [direct("faulty", faulty, "emea"), grant("agent", "emea")];
    let decision = ticket(grants, "view").decision();
    assert_eq!(decision.grants, [GrantId(id("agent@emea"))]);
    let [fault] = &decision.faults[..] else { panic!("{:?}", decision.faults) };
    assert_eq!(fault.source, Source::Grant(GrantId(id("faulty@emea"))));
    assert_eq!(decision.revision, 900);
}

/// Who approves changes implements none.
fn ss1() -> SodRule {
    let counted = |role| Counted::Role(RoleId(id(role)));
    SodRule {
        id: SodRuleId(id("SS1")),
        name: "SS1".to_owned(),
        action: SodAction::Block,
        kind: SodKind::Static { set: [counted("chgmgr"), counted("impl")].into(), n: 2 },
    }
}

/// SS1 among the roles there are, and a role above both.
fn separation() -> Separation {
    let registry = Registry::ours();
    let both = RoleDefinition {
        id: RoleId(id("super")),
        juniors: [RoleId(id("chgmgr")), RoleId(id("impl"))].into(),
        ..roles().remove(0)
    };
    let all = Roles::of(roles().into_iter().chain([both]), &registry).unwrap();
    Separation::of(&[ss1()], &all, &registry)
}

/// Which rules the second breaks, of who has the first.
fn broken_by(second: Grant, first: Grant) -> Vec<SodRuleId> {
    let (new, there) = (Tenure::of(&second).unwrap(), Tenure::of(&first).unwrap());
    let breaches = separation().brought_by(&new, &[there], &[]);
    breaches.into_iter().map(|breach| breach.rule).collect()
}

#[test]
fn worked_cases_of_what_may_be_granted() {
    let (approver, implementer) = (|| grant("chgmgr", "all"), || grant("impl", "all"));
    let noon = super::world::at("12:00:00");
    let until_noon = Grant { until: Some(noon), ..approver() };
    let from_noon = Grant { from: noon, ..implementer() };
    let from_before = Grant { from: noon - TimeDelta::microseconds(1), ..implementer() };
    assert_eq!(broken_by(implementer(), approver()), [ss1().id], "case 27");
    assert_eq!(broken_by(from_before, until_noon.clone()), [ss1().id], "case 27");
    assert_eq!(broken_by(from_noon, until_noon), [], "case 28");
    let inherent = |role| separation().inherent(&Granted::Role(RoleId(id(role))));
    assert_eq!(inherent("super"), [ss1().id], "case 29");
    assert_eq!(inherent("chgmgr"), [], "case 29");
    assert_eq!(broken_by(approver(), implementer()), [ss1().id], "case 33, whichever is first");
}
