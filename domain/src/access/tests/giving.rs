//! Nobody gives what they do not have.

use std::collections::BTreeSet;

use crate::access::giving::{Gift, is_doer, is_oneself, not_held, risk};
use crate::access::known::AccessFacts;
use crate::access::model::{
    AccessSubject, ActionClass, ClassSet, Condition, Entry, FieldSet, Grant, GrantSource,
    GrantState, Granted, Human, Level, Obligation, RelationName, RelationRule, RelationSet,
    RiskTier, Scope, ScopePath, Weight,
};
use crate::access::testing::{
    ADMIN, BUYER, NO_ROLE, READER, SOLVER, days, facts, grant, holder, hours, pattern, rulebook,
};
use crate::kernel::testing::context;
use crate::kernel::testing::world::{ANNA, BEN, DESK, HEIDI, IT, NETWORK, noon};
use crate::kernel::{Actor, Context, PersonId};

fn missing(held: &Grant, what: &Granted, scope: &str) -> Option<String> {
    let scope: Scope = scope.parse().unwrap();
    let gift = Gift { what, scope: &scope, until: Some(days(1)), pierces: false };
    not_held(gift, std::slice::from_ref(held), &rulebook(), noon()).map(|it| it.to_string())
}

fn at(scope: &str, held: Grant) -> Grant {
    Grant { scope: scope.parse().unwrap(), ..held }
}

fn entry(change: impl FnOnce(&mut Entry)) -> Granted {
    let mut entry = Entry::of([pattern("ticket.read")]);
    change(&mut entry);
    Granted::Entry(Box::new(entry))
}

#[test]
fn a_role_is_given_by_whoever_has_its_permissions_by_whatever_way() {
    let reader = Granted::Role(READER);
    for role in [READER, SOLVER, ADMIN] {
        assert_eq!(missing(&grant(1, role), &reader, "all"), None);
    }
    let solver = Granted::Role(SOLVER);
    assert_eq!(missing(&grant(1, READER), &solver, "all").as_deref(), Some("ticket.resolve"));
    assert_eq!(missing(&grant(1, BUYER), &reader, "all").as_deref(), Some("ticket.read"));
    let reads = Grant { what: entry(|_| {}), ..grant(1, READER) };
    assert_eq!(missing(&reads, &reader, "all").as_deref(), Some("ticket.use"));
    assert_eq!(missing(&grant(1, READER), &entry(|_| {}), "all"), None);
}

#[test]
fn there_and_below_and_no_longer_than_they_have_it() {
    let reader = Granted::Role(READER);
    let held = at("desk", grant(1, READER));
    assert_eq!(missing(&held, &reader, "desk/north"), None);
    for beyond in ["all", "network"] {
        assert!(missing(&held, &reader, beyond).is_some());
    }
    let until = |end| Grant { until: end, ..grant(1, READER) };
    assert_eq!(missing(&until(Some(days(1))), &reader, "all"), None);
    assert!(missing(&until(Some(hours(23))), &reader, "all").is_some());
    let for_good = Gift { what: &reader, scope: &Scope::Everywhere, until: None, pierces: false };
    assert!(not_held(for_good, &[until(Some(days(900)))], &rulebook(), noon()).is_some());
    assert!(not_held(for_good, &[until(None)], &rulebook(), noon()).is_none());
    let piercing = Gift { pierces: true, ..for_good };
    assert!(not_held(piercing, &[until(None)], &rulebook(), noon()).is_some());
    let pierces = Grant { pierces: true, ..until(None) };
    assert!(not_held(piercing, &[pierces], &rulebook(), noon()).is_none());
}

#[test]
fn what_does_not_hold_now_or_is_lent_is_not_theirs_to_give() {
    let reader = Granted::Role(READER);
    let has = grant(1, READER);
    for held in [
        Grant { from: hours(1), ..has.clone() },
        Grant { state: GrantState::Revoked, ..has.clone() },
        Grant { source: GrantSource::BreakGlass, ..has.clone() },
        Grant { source: GrantSource::Delegation, delegated_by: Some(ANNA), ..has },
    ] {
        assert!(missing(&held, &reader, "all").is_some(), "{held:?}");
    }
}

#[test]
fn a_permission_is_no_wider_in_any_respect() {
    let own: RelationSet = [RelationName::Own].into_iter().collect();
    let own_and_leads: RelationSet = [RelationName::Own, RelationName::Leads].into_iter().collect();
    let holds: RelationSet = [RelationName::Holds].into_iter().collect();
    let when = |sets: &[RelationSet]| RelationRule(sets.to_vec());
    let fields = FieldSet::Only(BTreeSet::from(["salary".parse().unwrap()]));
    let reason = [Obligation::ReasonRequired];
    // Of each pair, the first reaches further than the second.
    let pairs = [
        (entry(|_| {}), entry(|it| it.when = when(&[own]))),
        (entry(|it| it.when = when(&[own])), entry(|it| it.when = when(&[own_and_leads]))),
        (entry(|it| it.when = when(&[own, holds])), entry(|it| it.when = when(&[holds]))),
        (entry(|it| it.standing = Weight::Steering), entry(|_| {})),
        (entry(|it| it.fields = FieldSet::All), entry(|it| it.fields = fields)),
        (entry(|it| it.level = Some(Level(2))), entry(|it| it.level = Some(Level(1)))),
        (entry(|it| it.level = Some(Level(0))), entry(|_| {})),
        (entry(|_| {}), entry(|it| it.condition = Some(Condition::RiskAtMost(3)))),
        (entry(|_| {}), entry(|it| it.obligations = reason.into_iter().collect())),
    ];
    for (wide, narrow) in pairs {
        let held = |what: &Granted| Grant { what: what.clone(), ..grant(1, READER) };
        assert_eq!(missing(&held(&wide), &narrow, "all"), None, "{narrow:?}");
        assert!(missing(&held(&narrow), &wide, "all").is_some(), "{wide:?}");
        assert_eq!(missing(&held(&narrow), &narrow, "all"), None);
    }
}

#[test]
fn what_is_given_is_as_risky_as_its_role_or_its_actions() {
    let risk = |what| risk(&what, &rulebook());
    assert_eq!(risk(Granted::Role(READER)), RiskTier::Standard);
    for what in [
        Granted::Role(ADMIN),
        Granted::Role(NO_ROLE),
        entry(|it| it.actions = vec![pattern("access.grant")]),
    ] {
        assert_eq!(risk(what), RiskTier::Privileged);
    }
    assert_eq!(risk(entry(|_| {})), RiskTier::Standard);
}

#[test]
fn a_place_is_meant_where_it_lies() {
    let (department, unit) =
        (ScopePath::of_units(&[IT]).unwrap(), ScopePath::of_units(&[IT, DESK]));
    let mut rules = rulebook();
    let places = [department.clone(), unit.clone().unwrap()].map(|path| (path, ClassSet::NONE));
    rules.tree = places.into_iter().collect();
    let named = Scope::Node(ScopePath::of_units(&[DESK]).unwrap());
    assert_eq!(rules.tree.resolved(&named), Scope::Node(unit.unwrap()));
    let held = [Grant { scope: Scope::Node(department), ..grant(1, READER) }];
    let what = Granted::Role(READER);
    let gift = |scope| Gift { what: &what, scope, until: None, pierces: false };
    assert_eq!(not_held(gift(&named), &held, &rules, noon()), None);
    let elsewhere = Scope::Node(ScopePath::of_units(&[NETWORK]).unwrap());
    assert!(not_held(gift(&elsewhere), &held, &rules, noon()).is_some());
}

#[test]
fn what_stops_at_a_barrier_is_given_by_nobody_from_above() {
    let (department, unit) =
        (ScopePath::of_units(&[IT]).unwrap(), ScopePath::of_units(&[IT, DESK]).unwrap());
    let mut rules = rulebook();
    let data: ClassSet = [ActionClass::Data].into_iter().collect();
    rules.tree = [(department.clone(), ClassSet::NONE), (unit.clone(), data)].into_iter().collect();
    let what = entry(|it| it.actions = vec![pattern("ticket.read")]);
    let deed = entry(|it| it.actions = vec![pattern("ticket.resolve")]);
    let missing = |held: Grant, what, place: &ScopePath| {
        let scope = Scope::Node(place.clone());
        let gift = Gift { what, scope: &scope, until: None, pierces: false };
        not_held(gift, &[held], &rules, noon()).map(|it| it.to_string())
    };
    let held = |what: &Granted| Grant { what: what.clone(), ..grant(1, READER) };
    let named = ScopePath::of_units(&[DESK]).unwrap();
    for place in [&unit, &named] {
        assert_eq!(missing(held(&what), &what, place).as_deref(), Some("ticket.read"));
        assert_eq!(missing(held(&deed), &deed, place), None);
        let pierces = Grant { pierces: true, ..held(&what) };
        assert_eq!(missing(pierces, &what, place), None);
        let there = Grant { scope: Scope::Node(unit.clone()), ..held(&what) };
        assert_eq!(missing(there, &what, place), None);
    }
    assert_eq!(missing(held(&what), &what, &department), None);
}

/// Anna does it, who is this human and acts as these.
fn anna(doer: Option<PersonId>, acts_as: &[PersonId]) -> Context {
    let acts_as = acts_as.iter().copied().map(AccessSubject::Person).collect();
    let access = AccessFacts { doer: doer.map(Human), acts_as, ..AccessFacts::default() };
    Context { facts: facts(access), ..context(ANNA) }
}

#[test]
fn whoever_does_it_is_meant_with_each_account() {
    assert!(is_doer(ANNA, &anna(None, &[])) && !is_doer(BEN, &anna(None, &[])));
    assert!(is_doer(BEN, &anna(Some(HEIDI), &[ANNA, BEN])));
    let nobody = Context { actor: Actor::System, ..anna(None, &[]) };
    assert!(!is_doer(ANNA, &nobody));
}

#[test]
fn one_is_each_subject_whose_human_one_is() {
    let is = |cx: &Context, subject: PersonId, human: PersonId| {
        is_oneself(cx, AccessSubject::Person(subject), &holder(human))
    };
    let one_account = anna(None, &[]);
    assert!(
        is(&one_account, ANNA, HEIDI),
        "one is one's own account, whoever is told to be behind"
    );
    assert!(is(&one_account, BEN, ANNA));
    assert!(!is(&one_account, BEN, BEN));
    let second_account = anna(Some(HEIDI), &[]);
    assert!(is(&second_account, BEN, HEIDI) && !is(&second_account, BEN, ANNA));
    let nobody = Context { actor: Actor::System, ..one_account };
    assert!(!is(&nobody, ANNA, ANNA));
}
