//! Who holds what, and what they could give.

use chrono::TimeDelta;
use proptest::prelude::*;

use super::Doer;
use crate::access::giving::covers;
use crate::access::known::AccessFacts;
use crate::access::model::{
    AccessSubject, ActionClass, ClassSet, Condition, Deny, Effective, Entry, FieldSet, Grant,
    GrantSource, GrantState, Granted, Level, Matcher, Obligation, Registry, RelationName,
    RelationRule, RelationSet, Scope, ScopePath, ScopeTree, Strength, Weight,
};
use crate::kernel::testing::access::{
    AGENT, KEEPER, LEAD, NO_ROLE, directly, entry, entry_when, facts, grant, holding, pattern,
    ruled,
};
use crate::kernel::testing::world::{ANNA, BEN, noon};
use crate::kernel::testing::{cases, context};
use crate::kernel::{AccessGroupId, Actor, Context, DenyRuleId};

/// Anna, who is told this.
fn told(access: AccessFacts) -> Context {
    Context { facts: facts(access), ..context(ANNA) }
}

fn gives(access: AccessFacts, wanted: &Entry) -> bool {
    let cx = told(access);
    let doer = Doer::of(&cx);
    let wanted = Effective { entry: wanted, obligations: wanted.obligations };
    let mut actions = doer.rules.registry.actions();
    actions.all(|(action, info)| covers(&doer.givable(action), &info.name, wanted))
}

/// Denies this, or these fields of it.
fn deny(whom: Matcher, action: &str, fields: &[&str]) -> Deny {
    Deny {
        id: DenyRuleId(uuid::Uuid::nil()),
        strength: Strength::Soft,
        whom,
        actions: vec![pattern(action)],
        scope: Scope::Everywhere,
        condition: None,
        fields: fields.iter().map(|field| field.parse().unwrap()).collect(),
    }
}

/// Whether whoever holds the one could give the other.
fn within(held: Entry, wanted: Entry) -> bool {
    gives(holding([Granted::Entry(Box::new(held))]), &wanted)
}

#[test]
fn roles_are_held_with_those_they_inherit_from() {
    let cx = told(holding([Granted::Role(LEAD)]));
    let doer = Doer::of(&cx);
    let held = [AGENT, LEAD, KEEPER, NO_ROLE].map(|role| doer.holds_role(role));
    assert_eq!(held, [true, true, false, false]);
    assert!(doer.holds_some(&pattern("ticket.resolve")) && doer.holds_some(&pattern("*.read")));
    assert!(!doer.holds_some(&pattern("ci.*")) && !doer.holds_some(&pattern("kite.fly")));
    let cx = told(holding([directly(["ci.*"])]));
    assert!(Doer::of(&cx).holds_some(&pattern("*.retire")));
}

#[test]
fn a_retired_role_is_held_by_nobody_and_gives_nothing() {
    let access = || ruled(holding([Granted::Role(LEAD)]), |rules| rules.retired = [LEAD].into());
    let cx = told(access());
    let doer = Doer::of(&cx);
    assert!(!doer.holds_role(LEAD) && !doer.holds_role(AGENT));
    assert!(!doer.holds_some(&pattern("ticket.read")));
    assert!(!gives(access(), &entry(["ticket.assign"])));
    assert!(gives(holding([Granted::Role(LEAD)]), &entry(["ticket.assign"])));
}

#[test]
fn what_another_account_of_theirs_holds_counts_and_is_not_theirs_to_give() {
    let held_elsewhere = holding([directly(["ci.*"]), Granted::Role(LEAD)]).held;
    let access = || AccessFacts { held_elsewhere: held_elsewhere.clone(), ..holding([]) };
    let cx = told(access());
    let doer = Doer::of(&cx);
    assert!(doer.holds_role(AGENT) && doer.holds_some(&pattern("ci.read")));
    assert_eq!(doer.tenures().len(), 2);
    assert!(!gives(access(), &entry(["ci.read"])));
}

#[test]
fn what_is_over_or_not_yet_so_is_not_held() {
    let minute = TimeDelta::minutes(1);
    let at = |from, until| {
        let mut grant = grant(Granted::Role(LEAD), Scope::Everywhere);
        (grant.from, grant.until) = (noon() + from, until);
        AccessFacts { held: vec![grant], ..holding([]) }
    };
    for (access, holds, ever) in [
        (at(TimeDelta::zero(), None), true, 1),
        (at(-minute, Some(noon() + minute)), true, 1),
        (at(-minute, Some(noon())), false, 0),
        (at(minute, None), false, 1),
    ] {
        let cx = told(access);
        let doer = Doer::of(&cx);
        assert_eq!((doer.holds_role(LEAD), doer.tenures().len()), (holds, ever));
    }
}

#[test]
fn a_rule_is_for_whoever_it_names() {
    let group = |id| AccessGroupId(uuid::Uuid::from_u128(id));
    let person = AccessSubject::Person;
    let acts_as = [person(ANNA), AccessSubject::Group(group(7))].into();
    let cx = told(AccessFacts { acts_as, ..holding([Granted::Role(LEAD)]) });
    let theirs = [
        Matcher::Any,
        Matcher::Subject(person(ANNA)),
        Matcher::Group(group(7)),
        Matcher::Subject(AccessSubject::Group(group(7))),
        Matcher::Role(AGENT),
    ];
    assert!(theirs.iter().all(|whom| Doer::of(&cx).is_meant(whom)));
    let others = [
        Matcher::Subject(person(BEN)),
        Matcher::Group(group(8)),
        Matcher::Subject(AccessSubject::Group(group(8))),
        Matcher::Role(KEEPER),
    ];
    assert!(!others.iter().any(|whom| Doer::of(&cx).is_meant(whom)));
}

#[test]
fn a_rule_for_a_group_or_a_role_binds_its_people() {
    let group = |id| AccessGroupId(uuid::Uuid::from_u128(id));
    let is_bound = |whom: Matcher, of: AccessGroupId| {
        let cx = told(ruled(holding([]), |rules| {
            let deny = deny(whom, "ci.correct", &[]);
            rules.denies.insert(deny.id, deny);
        }));
        let lead = grant(Granted::Role(LEAD), Scope::Everywhere);
        Doer::of(&cx).is_bound_by(&[of].into(), &[&lead])
    };
    for (whom, bound) in [
        (Matcher::Group(group(7)), true),
        (Matcher::Subject(AccessSubject::Group(group(7))), true),
        (Matcher::Role(AGENT), true),
        (Matcher::Group(group(8)), false),
        (Matcher::Subject(AccessSubject::Group(group(8))), false),
        (Matcher::Role(KEEPER), false),
        (Matcher::Any, false),
        (Matcher::Subject(AccessSubject::Person(ANNA)), false),
    ] {
        assert_eq!(is_bound(whom.clone(), group(7)), bound, "{whom:?}");
    }
}

#[test]
fn what_comes_through_when_a_barrier_falls_is_gained() {
    let place: ScopePath = "emea/hr".parse().unwrap();
    let tree = |classes| ScopeTree::from_iter([(place.clone(), classes)]);
    let gained = |what: &[Granted], pierces: bool, after| {
        let mut access = ruled(holding(what.to_vec()), |rules| rules.tree = tree(ClassSet::ALL));
        access.held[0].pierces = pierces;
        let cx = told(access);
        Doer::of(&cx).gained(&place, &tree(after)).map(|action| action.to_string())
    };
    let reads = || directly(["ci.read"]);
    let steers =
        Granted::Entry(Box::new(Entry { standing: Weight::Steering, ..entry(["ci.read"]) }));
    let deeds: ClassSet = [ActionClass::Operation].into_iter().collect();
    for (what, pierces, after, expected) in [
        (vec![reads()], false, ClassSet::NONE, Some("ci.read")),
        (vec![reads()], false, deeds, Some("ci.read")),
        (vec![directly(["ci.retire"])], false, deeds, None),
        (vec![reads()], false, ClassSet::ALL, None),
        (vec![reads()], true, ClassSet::NONE, None),
        // Beside what was there before, only what is more.
        (vec![reads(), reads()], true, ClassSet::NONE, None),
        (vec![reads(), steers], true, ClassSet::NONE, Some("ci.read")),
        (vec![directly(["unit.draw_barrier"])], false, ClassSet::NONE, None),
        (vec![Granted::Role(NO_ROLE)], false, ClassSet::NONE, None),
    ] {
        let found = gained(&what, pierces, after);
        assert_eq!(found.as_deref(), expected, "{what:?}, {after:?}");
    }
}

#[test]
fn annals_itself_is_nobody_else() {
    let cx = told(holding([]));
    assert!(!Doer::of(&cx).is_annals());
    assert!(Doer::of(&Context { actor: Actor::System, ..cx.clone() }).is_annals());
}

#[test]
fn nobody_told_anything_gives_nothing() {
    let cx = told(AccessFacts::default());
    let doer = Doer::of(&cx);
    assert!(doer.rules.registry.actions().all(|(action, _)| doer.givable(action).is_empty()));
    assert!(!gives(AccessFacts::default(), &entry(["ci.read"])));
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
    let registry = Registry::ours();
    let every = registry.actions().map(|(_, info)| (&info.name).into()).collect();
    assert!(!within(Entry { actions: every, ..entry([]) }, entry(["*"])));
}

#[test]
fn what_is_lent_or_held_elsewhere_or_denied_is_not_given() {
    let wanted = entry(["ci.correct"]);
    let what = || directly(["ci.*"]);
    let with = |change: &dyn Fn(&mut Grant)| {
        let mut access = holding([what()]);
        change(&mut access.held[0]);
        gives(access, &wanted)
    };
    assert!(with(&|_| {}));
    assert!(!with(&|grant| grant.scope = "emea".parse().unwrap()));
    assert!(!with(&|grant| grant.source = GrantSource::Delegation));
    assert!(!with(&|grant| grant.source = GrantSource::BreakGlass));
    assert!(!with(&|grant| grant.delegated_by = Some(BEN)));
    assert!(!with(&|grant| grant.state = GrantState::Revoked));
    let denied = |whom, fields: &[&str]| {
        let deny = deny(whom, "ci.correct", fields);
        ruled(holding([what()]), |rules| {
            rules.denies.insert(deny.id, deny);
        })
    };
    let anna = || Matcher::Subject(AccessSubject::Person(ANNA));
    assert!(!gives(denied(anna(), &[]), &wanted));
    assert!(gives(denied(anna(), &[]), &entry(["ci.read"])));
    assert!(gives(denied(anna(), &["salary"]), &wanted));
    assert!(gives(denied(Matcher::Role(AGENT), &[]), &wanted));
    assert!(gives(denied(Matcher::Any, &[]), &wanted));
}

#[test]
fn what_several_grants_give_one_may_give_together() {
    let both = || {
        [RelationName::Own, RelationName::Heads]
            .map(|name| Granted::Entry(Box::new(entry_when(["ticket.close"], name))))
    };
    let ways = |names: [RelationName; 2]| Entry {
        when: RelationRule(names.map(|name| [name].into_iter().collect()).into()),
        ..entry(["ticket.close"])
    };
    assert!(gives(holding(both()), &ways([RelationName::Own, RelationName::Heads])));
    assert!(!gives(holding(both()), &ways([RelationName::Own, RelationName::Leads])));
    assert!(!gives(holding(both()), &entry(["ticket.close"])));
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
        let granted = held.iter().cloned().map(|entry| Granted::Entry(Box::new(entry)));
        let registry = Registry::ours();
        let permits = |entry: &Entry, action: &_, standing| {
            entry.actions.iter().any(|it| it.matches(action)) && entry.when.holds(standing)
        };
        let beyond = registry.actions().any(|(_, info)| {
            RelationSet::every().any(|standing| {
                permits(&wanted, &info.name, standing) && !held.iter().any(|entry| {
                    permits(entry, &info.name, standing) && entry.standing >= wanted.standing
                })
            })
        });
        prop_assert!(!(beyond && gives(holding(granted), &wanted)));
        prop_assert!(gives(holding([Granted::Entry(Box::new(wanted.clone()))]), &wanted));
    }
}
