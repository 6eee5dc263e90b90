//! What may have taken something from somebody.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::access::Premise;
use crate::access::model::{AccessSubject, ClassSet, GrantSource, Granted, Scope};
use crate::access_group::AccessGroupEvent;
use crate::access_group::event::{self as group, MemberAdded, MemberRemoved};
use crate::fact::Fact;
use crate::kernel::testing::world::DESK;
use crate::kernel::{AccessGroupId, GrantId, PersonId, RoleId, ServiceAccountId, SubjectAccessId};
use crate::role::RoleEvent;
use crate::role::event::Retired;
use crate::subject_access::SubjectAccessEvent;
use crate::subject_access::event::{Closed, Expired, GrantMade, Prolonged, Revoked};
use crate::unit::UnitEvent;
use crate::unit::event::{BarrierDrawn, BarrierLifted};

const PERSON: PersonId = PersonId(Uuid::from_u128(1));
const GROUP: AccessGroupId = AccessGroupId(Uuid::from_u128(2));
const GRANT: GrantId = GrantId(Uuid::from_u128(3));

fn moved(fact: Fact) -> BTreeSet<Premise> {
    Premise::moved_by(&fact).into_iter().collect()
}

fn of_access(event: SubjectAccessEvent) -> BTreeSet<Premise> {
    moved(Fact::SubjectAccess(SubjectAccessId(PERSON.0), event))
}

#[test]
fn what_is_taken_from_somebody_moves_what_is_theirs() {
    let theirs = BTreeSet::from([Premise::Person(PERSON)]);
    assert_eq!(of_access(SubjectAccessEvent::Revoked(Revoked { grant: GRANT })), theirs);
    assert_eq!(of_access(SubjectAccessEvent::Expired(Expired { grant: GRANT })), theirs);
    assert_eq!(of_access(SubjectAccessEvent::Closed(Closed {})), theirs);
    let longer = Prolonged { grant: GRANT, until: None, request: None };
    let had = BTreeSet::from([Premise::Person(PERSON), Premise::Holdings]);
    assert_eq!(of_access(SubjectAccessEvent::Prolonged(longer)), had);
}

#[test]
fn a_grant_may_bring_a_rule_that_denies_but_not_what_everybody_begins_with() {
    let granted = |source| {
        of_access(SubjectAccessEvent::Granted(Box::new(GrantMade {
            grant: GRANT,
            what: Granted::Role(RoleId(Uuid::from_u128(4))),
            scope: Scope::Everywhere,
            from: DateTime::<Utc>::UNIX_EPOCH,
            until: None,
            source,
            request: None,
            delegated_by: None,
            pierces: false,
            pattern: None,
        })))
    };
    assert!(granted(GrantSource::Birthright).is_empty());
    let had = BTreeSet::from([Premise::Person(PERSON), Premise::Holdings]);
    assert_eq!(granted(GrantSource::Administrator), had);
}

#[test]
fn who_comes_or_goes_moves_what_is_theirs_and_the_rules() {
    let added = |member| {
        moved(Fact::AccessGroup(GROUP, AccessGroupEvent::MemberAdded(MemberAdded { member })))
    };
    let removed = |member| {
        moved(Fact::AccessGroup(GROUP, AccessGroupEvent::MemberRemoved(MemberRemoved { member })))
    };
    let person = AccessSubject::Person(PERSON);
    assert_eq!(added(person), [Premise::Person(PERSON), Premise::Rules].into());
    assert_eq!(removed(person), [Premise::Person(PERSON), Premise::Rules].into());
    let inner = AccessSubject::Group(AccessGroupId(Uuid::from_u128(5)));
    assert_eq!(removed(inner), [Premise::Organization, Premise::Rules].into());
    let program = AccessSubject::Service(ServiceAccountId(Uuid::from_u128(6)));
    let theirs = Premise::of_subject(program.stream());
    assert_eq!(removed(program), [theirs, Premise::Rules].into());
}

#[test]
fn what_is_over_for_many_moves_what_holds_for_many() {
    let both = BTreeSet::from([Premise::Organization, Premise::Rules]);
    let retired = AccessGroupEvent::Retired(group::Retired {});
    assert_eq!(moved(Fact::AccessGroup(GROUP, retired)), both);
    let role = RoleId(Uuid::from_u128(4));
    assert_eq!(moved(Fact::Role(role, RoleEvent::Retired(Retired {}))), both);
}

#[test]
fn a_barrier_takes_from_many_and_gives_back() {
    let moved = |event| moved(Fact::Unit(DESK, event));
    let drawn = UnitEvent::BarrierDrawn(BarrierDrawn { classes: ClassSet::ALL });
    assert_eq!(moved(drawn), [Premise::Organization, Premise::Rules].into());
    assert_eq!(moved(UnitEvent::BarrierLifted(BarrierLifted {})), [Premise::Rules].into());
}
