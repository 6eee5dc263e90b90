//! Conditions, spans of time, fields, duties.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use crate::access::model::{
    ATTRIBUTE_VALUES_MAX, CONDITIONS_MAX, Ceiling, Condition, ConditionFault, DoneDuty, Duty,
    FieldName, FieldSet, Human, Obligation, ObligationSet, SodAction, SodKind, SodRule,
    Surroundings, Zone,
};
use crate::kernel::testing::world::noon;
use crate::kernel::{PersonId, SodRuleId};

fn window(from: &str, until: &str) -> Condition {
    Condition::TimeWindow {
        zone: Zone(chrono_tz::Europe::Berlin),
        from: from.parse().unwrap(),
        until: until.parse().unwrap(),
    }
}

fn attribute(name: &str, value: &str) -> Condition {
    Condition::AttributeIn { name: name.parse().unwrap(), values: [value.to_owned()].into() }
}

fn holds_at(condition: &Condition, at: &str) -> Result<bool, ConditionFault> {
    let at: DateTime<Utc> = at.parse().unwrap();
    condition.holds(Surroundings { at, attributes: &BTreeMap::new(), risk: None })
}

fn holds(condition: &Condition, risk: Option<u8>) -> Result<bool, ConditionFault> {
    let attributes = [("site".parse().unwrap(), "north".to_owned())].into();
    condition.holds(Surroundings { at: noon(), attributes: &attributes, risk })
}

#[test]
fn a_window_is_half_open_by_the_clocks_of_its_zone() {
    let office = window("08:00", "18:00");
    // Berlin is two hours ahead in summer, one in winter.
    let cases = [
        ("2026-07-01T05:59:59.999999Z", false),
        ("2026-07-01T06:00:00Z", true),
        ("2026-07-01T15:59:59Z", true),
        ("2026-07-01T16:00:00Z", false),
        ("2026-12-01T06:00:00Z", false),
        ("2026-12-01T07:00:00Z", true),
    ];
    for (at, holds) in cases {
        assert_eq!(holds_at(&office, at), Ok(holds), "{at}");
        assert_eq!(holds_at(&window("18:00", "08:00"), at), Ok(!holds), "{at}");
    }
    assert_eq!(holds_at(&window("08:00", "08:00"), cases[0].0), Err(ConditionFault::EmptyWindow));
    assert_eq!(holds_at(&window("00:00", "24:00"), cases[0].0), Ok(true));
}

#[test]
fn what_is_not_there_cannot_be_answered() {
    assert_eq!(holds(&attribute("site", "north"), None), Ok(true));
    assert_eq!(holds(&attribute("site", "south"), None), Ok(false));
    let missing = ConditionFault::MissingAttribute("rack".parse().unwrap());
    assert_eq!(holds(&attribute("rack", "7"), None), Err(missing.clone()));
    let risk = Condition::RiskAtMost(2);
    assert_eq!(holds(&risk, None), Err(ConditionFault::MissingRisk));
    let answers = [1, 2, 3].map(|known| holds(&risk, Some(known)));
    assert_eq!(answers, [Ok(true), Ok(true), Ok(false)]);
    let south = attribute("site", "south");
    for parts in [vec![south.clone(), attribute("rack", "7")], vec![attribute("rack", "7"), south]]
    {
        assert_eq!(holds(&Condition::All(parts), None), Err(missing.clone()));
    }
    let both = [attribute("rack", "7"), risk];
    let rack_first = holds(&Condition::All(both.to_vec()), None);
    assert_eq!(rack_first, holds(&Condition::All(both.into_iter().rev().collect()), None));
    assert_eq!(holds(&Condition::All(vec![]), None), Ok(true));
    let north = attribute("site", "north");
    assert_eq!(holds(&Condition::All(vec![north.clone(), north]), None), Ok(true));
}

#[test]
fn conditions_are_bounded() {
    let of = |count: usize| Condition::All(vec![Condition::RiskAtMost(1); count]);
    assert!(of(CONDITIONS_MAX - 1).fits() && !of(CONDITIONS_MAX).fits());
    let values = |count: usize| Condition::AttributeIn {
        name: "site".parse().unwrap(),
        values: (0..count).map(|number| number.to_string()).collect(),
    };
    assert!(values(ATTRIBUTE_VALUES_MAX).fits() && !values(ATTRIBUTE_VALUES_MAX + 1).fits());
    assert!(!values(0).fits());
    assert!(window("08:00", "18:00").fits());
    assert!(!Condition::All(vec![window("08:00", "08:00")]).fits());
    let nested = Condition::All(vec![of(2), of(2)]);
    assert_eq!(nested.size(), 7);
}

#[test]
fn personal_fields_are_named_or_all() {
    let field = |name: &str| name.parse::<FieldName>().unwrap();
    let only = FieldSet::Only([field("salary")].into());
    assert!(only.contains(&field("salary"), true) && !only.contains(&field("status"), false));
    assert!(FieldSet::All.contains(&field("salary"), true));
    assert!(!FieldSet::Plain.contains(&field("salary"), true));
    assert!(FieldSet::Plain.contains(&field("salary"), false));
    let none = FieldSet::Only([].into());
    let sets = [&none, &only, &FieldSet::Plain, &FieldSet::All];
    let includes = sets.map(|set| sets.map(|other| set.includes(other)));
    assert_eq!(
        includes,
        [
            [true, false, false, false],
            [true, true, false, false],
            [false, false, true, false],
            [true, true, true, true],
        ]
    );
}

#[test]
fn to_be_heard_of_is_met_by_itself() {
    let set = |all: &[Obligation]| all.iter().copied().collect::<ObligationSet>();
    let both = set(&[Obligation::Watch, Obligation::StepUpMfa]);
    assert_eq!(both.demands(), set(&[Obligation::StepUpMfa]));
    assert_eq!(both.iter().collect::<Vec<_>>(), [Obligation::StepUpMfa, Obligation::Watch]);
    assert_eq!(both.without(both), ObligationSet::NONE);
}

#[test]
fn a_ceiling_without_actions_is_on_the_floor() {
    assert!(!Ceiling::default().permits(&"ticket.read".parse().unwrap()));
}

#[test]
fn a_second_duty_breaks_the_rule() {
    let human = |id| Human(PersonId(Uuid::from_u128(id)));
    let duty = |name: &str, actions: &[&str]| Duty {
        name: name.parse().unwrap(),
        actions: actions.iter().map(|action| action.parse().unwrap()).collect(),
    };
    let rule_of = |object_type: &str| SodRule {
        id: SodRuleId(Uuid::nil()),
        name: "requests".to_owned(),
        action: SodAction::Block,
        kind: SodKind::Dynamic {
            object_type: object_type.to_owned(),
            duties: vec![
                duty("request", &["access.request"]),
                duty("benefit", &[]),
                duty("approve", &["access.decide"]),
            ],
        },
    };
    let rule = rule_of("access");
    let done = |name: &str, by, acting_for| DoneDuty {
        duty: name.parse().unwrap(),
        human: human(by),
        acting_for,
    };
    let approve = "access.decide".parse().unwrap();
    let broken = |done: DoneDuty| rule.broken_by(&approve, &[human(1)], &[done]);
    assert!(broken(done("request", 1, None)));
    assert!(broken(done("benefit", 1, None)));
    assert!(broken(done("request", 2, Some(human(1)))));
    assert!(!broken(done("request", 2, None)));
    assert!(!broken(done("approve", 1, None)), "the same duty again");
    assert!(!broken(done("watch", 1, None)), "it is no duty of the rule");
    let request = "access.request".parse().unwrap();
    assert!(rule.broken_by(&request, &[human(2), human(1)], &[done("approve", 1, None)]));
    assert!(rule.broken_by(&request, &[human(2)], &[done("approve", 2, Some(human(1)))]));
    let other = "access.read".parse().unwrap();
    assert!(!rule.broken_by(&other, &[human(1)], &[done("request", 1, None)]));
    let of_tickets = rule_of("ticket");
    assert!(!of_tickets.broken_by(&approve, &[human(1)], &[done("request", 1, None)]));
    let counted = SodRule { kind: SodKind::Static { set: [].into(), n: 2 }, ..rule.clone() };
    assert!(!counted.broken_by(&approve, &[human(1)], &[done("request", 1, None)]));
}

#[test]
fn a_span_excludes_its_end() {
    use crate::access::decide::tests::generated::functions;
    use crate::access::model::{Grant, GrantState};
    let grant = Grant { from: noon(), until: Some(noon() + TimeDelta::hours(1)), ..functions() };
    let tick = TimeDelta::microseconds(1);
    let live = |at| grant.is_live(at);
    assert!(!live(noon() - tick) && live(noon()));
    assert!(live(noon() + TimeDelta::hours(1) - tick) && !live(noon() + TimeDelta::hours(1)));
    assert!(!grant.is_over(noon()) && grant.is_over(noon() + TimeDelta::hours(1)));
    let revoked = Grant { state: GrantState::Revoked, ..grant.clone() };
    assert!(!revoked.is_live(noon()) && revoked.spans(noon()));
    assert_eq!(grant.role(), None);
}
