//! What the filter of a list leaves out that no single read shows.

use std::collections::BTreeMap;

use super::world::{ANN, Case, PAT, direct, field, grant, id, permit, person};
use crate::access::decide::SubjectState;
use crate::access::model::{
    AccessSubject, Ceiling, Deny, Entry, Grant, Matcher, RelationName, RelationRule, RelationSet,
    Scope, Strength,
};
use crate::kernel::DenyRuleId;

fn view<const N: usize>(grants: [Grant; N], place: &str) -> Case {
    Case::new(grants, "ticket.view", place)
}

/// Reading at these places, each with whether it is allowed; the filter agrees.
fn reads<const N: usize>(grant: &Grant, places: [(&str, bool); N]) {
    for (place, allowed) in places {
        let decision = view([grant.clone()], place).decision();
        assert_eq!(decision.is_allowed(), allowed, "{} at {place}", grant.scope);
    }
}

#[test]
fn a_barrier_stops_what_is_granted_above_it_and_nothing_else() {
    for (scope, there, behind) in [
        ("all", true, false),
        ("emea", true, false),
        ("emea/hr", false, true),
        ("emea/sd", true, false),
        ("apac", false, false),
    ] {
        let grant = grant("auditor", scope);
        reads(&grant, [("emea/sd", there), ("emea/hr", behind), ("emea/hr/pay", behind)]);
        let through = scope == "all" || scope == "emea" || behind;
        reads(&Grant { pierces: true, ..grant }, [("emea/hr", through), ("emea/sd", there)]);
    }
}

#[test]
fn what_a_lender_could_not_do_is_not_lent() {
    let own = RelationSet::from_iter([RelationName::Own]);
    let theirs = Entry { when: RelationRule(vec![own]), ..permit("ticket.view") };
    let lent = Grant { delegated_by: Some(ANN), ..direct("lent", permit("ticket.view"), "all") };
    let case = |above: Entry, lender: RelationSet| {
        view([lent.clone()], "emea").with(|case| {
            case.object.relation = own;
            case.object.delegators = BTreeMap::from([(ANN, lender)]);
            case.holdings.delegators = vec![person(ANN, [direct("above", above, "all")])];
        })
    };
    let allowed = |case: Case| case.decision().is_allowed();
    assert!(allowed(case(permit("ticket.view"), RelationSet::NONE)));
    assert!(!allowed(case(permit("ticket.update"), own)), "the lender may not read");
    // As the lender stands to it, not the one it is lent to.
    assert!(allowed(case(theirs.clone(), own)));
    assert!(!allowed(case(theirs, RelationSet::NONE)));
    let suspended = case(permit("ticket.view"), own)
        .with(|case| case.holdings.delegators[0].state = SubjectState::Suspended);
    assert!(!allowed(suspended));
}

#[test]
fn a_rule_binds_those_it_is_for_as_far_as_it_goes() {
    let deny = Deny {
        id: DenyRuleId(id("hides")),
        strength: Strength::Hard,
        whom: Matcher::Subject(AccessSubject::Person(PAT)),
        actions: vec!["ticket.view".parse().unwrap()],
        scope: Scope::Everywhere,
        condition: None,
        fields: Default::default(),
    };
    let under = |deny: Deny| {
        let case = view([grant("auditor", "all")], "emea");
        case.with(|case| case.rules.denies.push(deny)).decision().is_allowed()
    };
    for strength in [Strength::Hard, Strength::Soft] {
        let deny = Deny { strength, ..deny.clone() };
        assert!(!under(deny.clone()));
        let anothers = Matcher::Subject(AccessSubject::Person(ANN));
        assert!(under(Deny { whom: anothers, ..deny.clone() }));
        assert!(under(Deny { fields: [field("salary")].into(), ..deny }));
    }
}

#[test]
fn who_may_do_nothing_is_shown_nothing() {
    let approver = || Case::new([grant("chgmgr", "all")], "change.approve", "all");
    assert!(!approver().filter().is_empty());
    assert!(approver().by_a_program().filter().is_empty());
    let change: [fn(&mut Case); 3] = [
        |case| case.session.revoked = true,
        |case| case.holdings.state = SubjectState::Suspended,
        |case| case.session.token = Some(Ceiling(vec!["ticket.view".parse().unwrap()])),
    ];
    for change in change {
        assert!(approver().with(change).filter().is_empty());
    }
    // A program may read, and is held to its token.
    let reader = || view([grant("auditor", "all")], "all").by_a_program();
    assert!(reader().decision().is_allowed());
    assert!(reader().with(change[2]).decision().is_allowed());
}
