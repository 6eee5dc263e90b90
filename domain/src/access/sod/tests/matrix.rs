//! Every way to come to the one role, beside the other, before, touching, overlapping, after.

use std::collections::BTreeSet;

use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    APPROVER, DEPUTY, GRANTER, RULE, SENIOR, asked_for, by, by_action, by_role, day, grant,
    separation,
};
use crate::access::decide::{Held, Holdings, SubjectState};
use crate::access::model::{
    AccessSubject, Entry, Grant, GrantSource, GrantState, Granted, Human, SodRule,
};
use crate::access::sod::{Tenure, tenures};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};
use crate::kernel::{AccessGroupId, GrantId, PersonId};

/// How one comes to something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::EnumIter)]
enum Way {
    Direct,
    Inherited,
    InheritedFarther,
    Entry,
    Group,
    Delegated,
    SecondAccount,
    SecondAccountsGroup,
    Pending,
}

type Days = (i64, Option<i64>);

/// The other one is had from day ten until day twenty; with what this has in common with it.
const TIMES: [(Days, Option<Days>); 9] = [
    ((0, Some(5)), None),
    ((0, Some(10)), None),
    ((0, Some(15)), Some((10, Some(15)))),
    ((10, Some(20)), Some((10, Some(20)))),
    ((12, Some(13)), Some((12, Some(13)))),
    ((19, Some(30)), Some((19, Some(20)))),
    ((20, Some(30)), None),
    ((25, None), None),
    ((0, None), Some((10, Some(20)))),
];

const GROUP: AccessGroupId = AccessGroupId(Uuid::from_u128(21));

/// The accounts of one human, who comes to the approver's role in this way.
fn accounts(way: Way, days: Days) -> (Vec<Holdings>, Option<Tenure>) {
    let account = |person: PersonId| Holdings {
        human: Some(Human(ANNA)),
        ..Holdings::none(AccessSubject::Person(person))
    };
    let (mut first, mut second) = (account(ANNA), account(BEN));
    let one = grant(1, APPROVER, days);
    let own = |grant: Grant| Held { grant, through: None };
    match way {
        Way::Direct => first.grants.push(own(one)),
        Way::Inherited => first.grants.push(own(grant(1, DEPUTY, days))),
        Way::InheritedFarther => first.grants.push(own(grant(1, SENIOR, days))),
        Way::Entry => {
            let what = Granted::Entry(Box::new(Entry::of(["access.decide".parse().unwrap()])));
            first.grants.push(own(Grant { what, ..one }));
        }
        Way::Group => first.grants.push(Held { grant: one, through: Some(GROUP) }),
        Way::Delegated => first.grants.push(own(Grant {
            source: GrantSource::Delegation,
            delegated_by: Some(HEIDI),
            ..one
        })),
        Way::SecondAccount => second.grants.push(own(one)),
        Way::SecondAccountsGroup => second.grants.push(Held { grant: one, through: Some(GROUP) }),
        Way::Pending => return (vec![first, second], Some(asked_for(1, APPROVER, days))),
    }
    (vec![first, second], None)
}

fn rules_for(way: Way) -> Vec<SodRule> {
    match way {
        // A permission by itself is no role.
        Way::Entry => vec![by_action()],
        _ => vec![by_role(), by_action()],
    }
}

#[test]
fn two_roles_are_told_apart_however_and_whenever_one_comes_to_them() {
    for way in Way::iter() {
        for (rule, (days, common)) in
            rules_for(way).iter().flat_map(|rule| TIMES.map(|time| (rule, time)))
        {
            let separation = separation([rule.clone()]);
            let (mut accounts, pending) = accounts(way, days);
            let other = Held { grant: grant(2, GRANTER, (10, Some(20))), through: None };
            accounts[0].grants.push(other);
            let mut all = tenures(&accounts);
            all.extend(pending);
            let expected = common.map(|(from, until)| (day(from), until.map(day)));
            for order in [all.clone(), all.iter().rev().cloned().collect()] {
                let breaches = separation.conflicts(&order, &[]);
                let when = breaches.iter().map(|breach| (breach.from, breach.until));
                assert_eq!(when.collect::<Vec<_>>(), Vec::from_iter(expected), "{way:?} {days:?}");
                for breach in breaches {
                    assert_eq!((breach.rule, breach.counted.len(), breach.by.len()), (RULE, 2, 2));
                }
                let [one, other] = order.as_slice() else { panic!("there are two") };
                for (new, there) in [(one, other), (other, one)] {
                    let brought = separation.brought_by(new, std::slice::from_ref(there), &[]);
                    assert_eq!(brought.len(), usize::from(common.is_some()), "{way:?} {days:?}");
                }
            }
        }
    }
}

#[test]
fn what_was_taken_back_or_is_anothers_does_not_count() {
    let separation = separation([by_role()]);
    let holdings = |person: PersonId, grants: Vec<Grant>| Holdings {
        grants: grants.into_iter().map(|grant| Held { grant, through: None }).collect(),
        ..Holdings::none(AccessSubject::Person(person))
    };
    let one = grant(1, APPROVER, (0, None));
    let other = grant(2, GRANTER, (0, None));
    let breaks = |accounts: &[Holdings]| !separation.conflicts(&tenures(accounts), &[]).is_empty();

    let both = holdings(ANNA, vec![one.clone(), other.clone()]);
    assert!(breaks(std::slice::from_ref(&both)));
    for state in [GrantState::Revoked, GrantState::Expired] {
        let over = Grant { state, ..one.clone() };
        assert!(!breaks(&[holdings(ANNA, vec![over, other.clone()])]), "{state}");
    }
    let revoked: BTreeSet<GrantId> = [one.id].into();
    assert!(!breaks(&[Holdings { revoked, ..both.clone() }]));
    let [apart, from] = [holdings(ANNA, vec![one]), holdings(BEN, vec![other])];
    assert!(!breaks(std::slice::from_ref(&apart)) && !breaks(std::slice::from_ref(&from)));
    assert!(breaks(&[apart.clone(), from.clone()]), "of one human");
    let state = SubjectState::Suspended;
    assert!(breaks(&[apart.clone(), Holdings { state, ..from.clone() }]));
    let state = SubjectState::Terminated;
    assert!(!breaks(&[apart, Holdings { state, ..from }]));
}

#[test]
fn a_group_of_two_accounts_is_counted_once() {
    let through = Held { grant: grant(1, APPROVER, (0, None)), through: Some(GROUP) };
    let account = |person: PersonId| Holdings {
        grants: vec![through.clone()],
        ..Holdings::none(AccessSubject::Person(person))
    };
    let all = tenures(&[account(ANNA), account(BEN)]);
    let [one] = all.as_slice() else { panic!("the group's grant, once: {all:?}") };
    assert_eq!(one.origin, by(1));
}
