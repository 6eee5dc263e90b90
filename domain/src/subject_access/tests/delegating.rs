//! SA6: what is lent.

use super::{closed, given, given_of, granted, made, opened, reads, revoked};
use crate::access::known::{AccessFacts, HolderFacts};
use crate::access::model::{AccessSubject, Grant, GrantSource, Granted, Human, Scope};
use crate::access::testing::{
    BUYER, PARTED, READER, SELLER, days, grant, holder, hours, id, known,
};
use crate::kernel::testing::world::{ANNA, BEN, GUS, HEIDI, NORA, noon};
use crate::kernel::{PersonId, RoleId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Delegate, EndDelegation};
use crate::subject_access::event::GrantMade;
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

fn lend(to: PersonId, role: RoleId, until: i64) -> SubjectAccessCommand {
    SubjectAccessCommand::Delegate(Box::new(Delegate {
        to,
        grant: id(1),
        what: Granted::Role(role),
        scope: Scope::Everywhere,
        from: None,
        until: days(until),
    }))
}

fn lent(by: PersonId, until: i64) -> SubjectAccessEvent {
    granted(GrantMade {
        until: Some(days(until)),
        source: GrantSource::Delegation,
        delegated_by: Some(by),
        ..made(1, READER)
    })
}

#[test]
fn sa6_somebody_lends_what_they_have_for_ninety_days_at_most() {
    given([]).when(lend(ANNA, READER, 90)).then([opened(), lent(HEIDI, 90)]);
    given([opened(), lent(HEIDI, 90)]).when(lend(ANNA, READER, 90)).nothing();
    for days in [0, 91] {
        given([]).when(lend(ANNA, READER, days)).refused(No::EndUnfit);
    }
    given([]).when(lend(GUS, READER, 1)).refused(No::SubjectUnfit);
    given([opened(), closed()]).when(lend(ANNA, READER, 1)).refused(No::Closed);
    let poor = AccessFacts { held: vec![grant(0, BUYER)], ..known() };
    let refused = given_of(poor, []).when(lend(ANNA, READER, 1)).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
    given([]).by_nobody().when(lend(ANNA, READER, 1)).refused(No::NotInPerson);
    given([]).importing_for(HEIDI).when(lend(ANNA, READER, 1)).refused(No::NotInPerson);
}

#[test]
fn sa6_also_for_longer_than_they_have_it_and_never_what_was_lent_to_them() {
    let has = |held: Grant| AccessFacts { held: vec![held], ..known() };
    let brief = Grant { until: Some(hours(1)), ..grant(0, READER) };
    given_of(has(brief), []).when(lend(ANNA, READER, 2)).acts();
    let borrowed =
        Grant { source: GrantSource::Delegation, delegated_by: Some(NORA), ..grant(0, READER) };
    let refused = given_of(has(borrowed), []).when(lend(ANNA, READER, 2)).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
}

#[test]
fn sa6_nobody_lends_to_themselves_with_whichever_account() {
    given([]).by(ANNA).when(lend(ANNA, READER, 1)).refused(No::OwnDelegation);
    let second = |known: AccessFacts| AccessFacts { doer: Some(Human(ANNA)), ..known };
    given_of(second(known()), []).when(lend(ANNA, READER, 1)).refused(No::OwnDelegation);
    let mut one = known();
    let anna = HolderFacts { humans: [Human(HEIDI)].into(), ..holder(HEIDI) };
    one.subjects.insert(AccessSubject::Person(ANNA), anna);
    given_of(one, []).when(lend(ANNA, READER, 1)).refused(No::OwnDelegation);
}

#[test]
fn sa4_what_is_lent_counts() {
    let history = [opened(), granted(made(2, BUYER))];
    let no = No::Duties { rule: PARTED, from: noon() };
    given(history).when(lend(ANNA, SELLER, 1)).refused(no);
}

#[test]
fn sa6_either_of_both_ends_it() {
    let end = || SubjectAccessCommand::EndDelegation(EndDelegation { grant: id(1) });
    let history = || vec![opened(), lent(HEIDI, 9)];
    for person in [HEIDI, ANNA] {
        given(history()).by(person).when(end()).then([revoked(id(1))]);
    }
    given(history()).by(BEN).when(end()).refused(No::NotYours);
    given(history()).by_nobody().when(end()).acts();
    given([history(), vec![revoked(id(1))]].concat()).when(end()).nothing();
    given(reads(None)).when(end()).refused(No::NotDelegated);
    given([opened()]).when(end()).refused(No::GrantNotFound);
}
