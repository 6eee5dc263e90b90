//! What a preview says is what comes of it.

use std::sync::Arc;

use super::{Preview, Standpoint, Way, with};
use crate::access::decide::{Held, Holdings, RuleSet, Rules, World};
use crate::access::model::{
    AccessSubject, Entry, Grant, Granted, RelationName, RelationRule, RoleDefinition, Roles,
    ScopeTree, SodAction,
};
use crate::access::sod::{Separation, tenures};
use crate::access::testing::{
    BUYER, GONE, PARTED, READER, SELLER, SOLVER, TEAM, grant, hours, pattern, rulebook,
};
use crate::access_policy::RequestRule;
use crate::access_policy::state::AccessPolicy;
use crate::kernel::RoleId;
use crate::kernel::testing::world::{ANNA, noon};

/// Anna with these roles, in a group or not; she may ask for access for herself.
fn anna(roles: &[RoleId], in_team: bool) -> Standpoint {
    let own = [RelationName::Own].into_iter().collect();
    let asking = Entry::of(["access.use", "access.request"].map(pattern));
    let asking = Entry { when: RelationRule(vec![own]), ..asking };
    let asking = Granted::Entry(Box::new(asking));
    holding(roles.iter().map(|role| Granted::Role(*role)).chain([asking]), in_team)
}

fn holding(what: impl IntoIterator<Item = Granted>, in_team: bool) -> Standpoint {
    let book = rulebook();
    let given = (1..).zip(what).map(|(nr, what)| Grant { what, ..grant(nr, READER) });
    let holdings = Holdings {
        grants: given.map(|grant| Held { grant, through: None }).collect(),
        groups: in_team.then_some(TEAM).into_iter().collect(),
        ..Holdings::none(AccessSubject::Person(ANNA))
    };
    let separation = Separation::of(book.duties.values(), &book.roles, &book.registry);
    let live = book.roles.definitions().filter(|role| book.is_live(role.id)).cloned();
    let live: Vec<RoleDefinition> = live.collect();
    let rules = Rules::of(RuleSet {
        roles: Roles::of(live, &book.registry).unwrap(),
        registry: book.registry,
        tree: ScopeTree::default(),
        denies: book.denies.into_values().collect(),
        sod: book.duties.into_values().collect(),
        boundaries: Default::default(),
        revision: 0,
    });
    Standpoint {
        tenures: tenures(std::slice::from_ref(&holdings)),
        world: Arc::new(World::of(holdings, Arc::new(rules))),
        separation: Arc::new(separation),
        exceptions: vec![],
    }
}

fn preview(before: &Standpoint, after: &Standpoint, policy: &AccessPolicy) -> Preview {
    Preview::of(before, after, policy, noon())
}

#[test]
fn what_becomes_reachable_is_told_action_by_action() {
    let (before, after) = (anna(&[READER], false), anna(&[SOLVER], false));
    let told = preview(&before, &after, &AccessPolicy::default());
    let texts: Vec<String> = told
        .changes
        .iter()
        .map(|it| format!("{}: {} -> {}", it.action, it.before, it.after))
        .collect();
    assert_eq!(texts, ["ticket.resolve: nothing -> everything"]);
    let back = preview(&after, &before, &AccessPolicy::default());
    assert_eq!(back.changes[0].after.to_string(), "nothing");
    assert_eq!(preview(&before, &before, &AccessPolicy::default()).changes, vec![]);
}

#[test]
fn rules_that_break_by_it_are_told_and_those_broken_before_are_not() {
    let (before, after) = (anna(&[BUYER], false), anna(&[BUYER, SELLER], false));
    let told = preview(&before, &after, &AccessPolicy::default());
    let rules: Vec<_> = told.breaches.iter().map(|it| (it.rule, it.action)).collect();
    assert_eq!(rules, [(PARTED, SodAction::Block)]);
    assert_eq!(preview(&after, &after, &AccessPolicy::default()).breaches, vec![]);
    let ends = Grant { until: Some(hours(1)), ..grant(9, SELLER) };
    let more = Standpoint { tenures: with(&before.tenures, &ends), ..before.clone() };
    let told = preview(&before, &more, &AccessPolicy::default());
    assert_eq!(told.breaches[0].until, Some(hours(1)));
}

#[test]
fn ways_that_open_are_told() {
    let mut policy = AccessPolicy::default();
    policy.emergencies.insert(SELLER, TEAM);
    let told = preview(&anna(&[], false), &anna(&[], true), &policy);
    assert_eq!(told.ways, [Way::Emergency { role: SELLER, group: TEAM }]);
    assert_eq!(preview(&anna(&[SELLER], false), &anna(&[SELLER], true), &policy).ways, vec![]);
    let rule = RequestRule {
        key: "free".to_owned(),
        roles: [READER].into(),
        tiers: Default::default(),
        stages: vec![],
    };
    policy.rules = vec![rule];
    policy.emergencies.insert(GONE, TEAM);
    let way = Way::Unasked { role: READER, rules: ["free".to_owned()].into() };
    let open = |standpoint: Standpoint| super::ways(&standpoint.world, &policy, noon());
    assert_eq!(open(anna(&[], false)), [way]);
    assert_eq!(open(anna(&[READER], false)), []);
    assert_eq!(open(anna(&[READER, SELLER], true)), [], "a retired role is none");
    assert_eq!(open(holding([], false)), [], "who may not ask");
}
