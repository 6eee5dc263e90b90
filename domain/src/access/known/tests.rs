//! Who holds what, and what they could give.

use proptest::prelude::*;

use super::covers;
use crate::access::model::{
    AccessSubject, Condition, Effective, Entry, FieldSet, GrantSource, Granted, Level, Matcher,
    Obligation, RelationName, RelationRule, RelationSet, Scope, Weight,
};
use crate::access::{AccessFacts, Doer};
use crate::kernel::AccessGroupId;
use crate::kernel::testing::access::{
    AGENT, KEEPER, LEAD, NO_ROLE, directly, entry, entry_when, grant, holding, pattern,
};
use crate::kernel::testing::cases;
use crate::kernel::testing::world::{ANNA, BEN};

fn gives(known: &AccessFacts, wanted: &Entry) -> bool {
    let wanted = Effective { entry: wanted, obligations: wanted.obligations };
    known.registry.actions().all(|(action, info)| {
        covers(&known.givable(action, &Scope::Everywhere), &info.name, wanted)
    })
}

/// Whether whoever holds the one could give the other.
fn within(held: Entry, wanted: Entry) -> bool {
    gives(&holding([Granted::Entry(Box::new(held))]), &wanted)
}

#[test]
fn roles_are_held_with_those_they_inherit_from() {
    let known = holding([Granted::Role(LEAD)]);
    let held = [AGENT, LEAD, KEEPER, NO_ROLE].map(|role| known.holds_role(role));
    assert_eq!(held, [true, true, false, false]);
    assert!(known.holds_some(&pattern("ticket.resolve")) && known.holds_some(&pattern("*.read")));
    assert!(!known.holds_some(&pattern("ci.*")) && !known.holds_some(&pattern("kite.fly")));
    assert!(holding([directly(["ci.*"])]).holds_some(&pattern("*.retire")));
}

#[test]
fn a_rule_is_for_whoever_it_names() {
    let group = AccessGroupId(uuid::Uuid::from_u128(7));
    let known = AccessFacts {
        doer: Doer { groups: [group].into(), ..holding([Granted::Role(LEAD)]).doer },
        ..holding([])
    };
    let other = AccessGroupId(uuid::Uuid::from_u128(8));
    let person = |id| Matcher::Subject(AccessSubject::Person(id));
    let theirs = [
        Matcher::Any,
        person(ANNA),
        Matcher::Group(group),
        Matcher::Subject(AccessSubject::Group(group)),
        Matcher::Role(AGENT),
    ];
    assert!(theirs.iter().all(|whom| known.is_for_doer(whom)));
    let others = [
        person(BEN),
        Matcher::Group(other),
        Matcher::Subject(AccessSubject::Group(other)),
        Matcher::Role(KEEPER),
    ];
    assert!(!others.iter().any(|whom| known.is_for_doer(whom)));
}

#[test]
fn nobody_told_anything_gives_nothing() {
    let known = AccessFacts::default();
    assert!(
        known
            .registry
            .actions()
            .all(|(action, _)| { known.givable(action, &Scope::Everywhere).is_empty() })
    );
    assert!(!gives(&known, &entry(["ci.read"])));
}

#[test]
fn what_is_given_is_within_what_is_held_in_every_respect() {
    let held = || entry(["ci.correct"]);
    assert!(within(held(), held()));
    assert!(!within(held(), entry(["ci.retire"])));
    let steering = Entry { standing: Weight::Steering, ..held() };
    assert!(within(steering.clone(), held()) && !within(held(), steering));
    let all = Entry { fields: FieldSet::All, ..held() };
    assert!(within(all.clone(), held()) && !within(held(), all));
    let risky = Entry { condition: Some(Condition::RiskAtMost(3)), ..held() };
    assert!(within(held(), risky.clone()) && within(risky.clone(), risky.clone()));
    assert!(!within(risky, held()));
    let told = Entry { obligations: [Obligation::ReasonRequired].into_iter().collect(), ..held() };
    assert!(within(held(), told.clone()) && !within(told, held()));
    let up_to = |level| Entry { level, ..entry(["access.decide"]) };
    assert!(within(up_to(Some(Level(2))), up_to(Some(Level(1)))));
    assert!(!within(up_to(Some(Level(2))), up_to(Some(Level(3)))));
    assert!(!within(up_to(None), up_to(Some(Level(0)))));
}

#[test]
fn a_pattern_is_given_by_whoever_holds_one_as_wide() {
    assert!(within(entry(["*"]), entry(["ci.*", "*.read", "ticket.close"])));
    assert!(within(entry(["ci.*", "ticket.*"]), entry(["ci.read", "ticket.read"])));
    assert!(!within(entry(["ci.read", "ci.retire"]), entry(["ci.*"])));
    let every: Vec<_> = {
        let known = holding([]);
        let infos = known.registry.actions().map(|(_, info)| (&info.name).into());
        infos.collect()
    };
    assert!(!within(Entry { actions: every, ..entry([]) }, entry(["*"])));
}

#[test]
fn what_is_lent_or_held_elsewhere_or_denied_is_not_given() {
    let wanted = entry(["ci.correct"]);
    let what = || directly(["ci.*"]);
    let with = |grant| AccessFacts {
        doer: Doer { grants: vec![grant], ..Doer::default() },
        ..holding([])
    };
    assert!(gives(&with(grant(what(), Scope::Everywhere)), &wanted));
    let place: Scope = "emea".parse().unwrap();
    assert!(!gives(&with(grant(what(), place.clone())), &wanted));
    let (action, _) =
        holding([]).registry.actions().find(|(_, it)| it.name.as_str() == "ci.correct").unwrap();
    let there = with(grant(what(), place));
    assert_eq!(there.givable(action, &"emea/sd".parse().unwrap()).len(), 1);
    assert!(there.givable(action, &"apac".parse().unwrap()).is_empty());
    for source in [GrantSource::Delegation, GrantSource::BreakGlass] {
        let mut lent = grant(what(), Scope::Everywhere);
        lent.source = source;
        assert!(!gives(&with(lent), &wanted));
    }
    let mut instead = grant(what(), Scope::Everywhere);
    instead.delegated_by = Some(BEN);
    assert!(!gives(&with(instead), &wanted));
    let mut denied = holding([what()]);
    denied.doer.denied = vec![pattern("ci.correct")];
    assert!(!gives(&denied, &wanted) && gives(&denied, &entry(["ci.read"])));
}

#[test]
fn what_several_grants_give_one_may_give_together() {
    let known = holding([
        Granted::Entry(Box::new(entry_when(["ticket.close"], RelationName::Own))),
        Granted::Entry(Box::new(entry_when(["ticket.close"], RelationName::Heads))),
    ]);
    let ways = |names: [RelationName; 2]| Entry {
        when: RelationRule(names.map(|name| [name].into_iter().collect()).into()),
        ..entry(["ticket.close"])
    };
    assert!(gives(&known, &ways([RelationName::Own, RelationName::Heads])));
    assert!(!gives(&known, &ways([RelationName::Own, RelationName::Leads])));
    assert!(!gives(&known, &entry(["ticket.close"])));
}

fn a_standing() -> impl Strategy<Value = RelationSet> {
    let name =
        prop::sample::select(vec![RelationName::Own, RelationName::Heads, RelationName::Holds]);
    prop::collection::vec(name, 0..3).prop_map(|names| names.into_iter().collect())
}

fn an_entry() -> impl Strategy<Value = Entry> {
    let actions = ["*", "ci.*", "*.read", "ci.read", "ticket.read", "ticket.close"];
    let actions = prop::collection::vec(prop::sample::select(actions.to_vec()), 1..3);
    let steers = any::<bool>();
    (actions, prop::collection::vec(a_standing(), 0..3), steers).prop_map(
        |(actions, when, steers)| Entry {
            actions: actions.into_iter().map(pattern).collect(),
            when: RelationRule(when),
            standing: if steers { Weight::Steering } else { Weight::Ordinary },
            ..entry([])
        },
    )
}

proptest! {
    #![proptest_config(cases())]

    /// What is given permits nothing, to nobody, that the giver is not permitted.
    #[test]
    fn giving_makes_nothing_more(
        held in prop::collection::vec(an_entry(), 0..4), wanted in an_entry(),
    ) {
        let known = holding(held.iter().cloned().map(|entry| Granted::Entry(Box::new(entry))));
        let permits = |entry: &Entry, action: &_, standing| {
            entry.actions.iter().any(|it| it.matches(action)) && entry.when.holds(standing)
        };
        let beyond = known.registry.actions().any(|(_, info)| {
            RelationSet::every().any(|standing| {
                permits(&wanted, &info.name, standing) && !held.iter().any(|entry| {
                    permits(entry, &info.name, standing) && entry.standing >= wanted.standing
                })
            })
        });
        prop_assert!(!(beyond && gives(&known, &wanted)));
        prop_assert!(gives(&holding([Granted::Entry(Box::new(wanted.clone()))]), &wanted));
    }
}
