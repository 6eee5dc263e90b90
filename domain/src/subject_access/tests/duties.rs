//! SA4: no human comes to break a static rule of duties.

use uuid::Uuid;

use super::{given, given_of, grant, granted, made, opened, revoked, wish};
use crate::access::known::{AccessFacts, Beside};
use crate::access::model::{AccessSubject, Exception, GrantSource, Granted, Human, Lifted};
use crate::access::sod::{Origin, Tenure};
use crate::access::testing::{
    BUYER, LIFTABLE, PARTED, READER, SELLER, SOLVER, TEAM, days, id, known,
};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, noon};
use crate::kernel::{AccessRequestId, ExceptionId, RoleId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Grant, Prolong};
use crate::subject_access::event::{Excepted, GrantMade};
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

const ASKED: AccessRequestId = AccessRequestId(Uuid::from_u128(0x601));

fn has(role: RoleId, until: Option<i64>) -> Vec<SubjectAccessEvent> {
    vec![opened(), granted(GrantMade { until: until.map(days), ..made(1, role) })]
}

fn from(day: i64, role: RoleId) -> SubjectAccessCommand {
    grant(Grant { from: Some(days(day)), ..wish(2, role) })
}

/// Beside her stream, Anna has this.
fn beside(role: RoleId, origin: Origin) -> AccessFacts {
    let mut known = known();
    let tenure = Tenure { what: Granted::Role(role), from: noon(), until: Some(days(5)), origin };
    let beside = Beside { tenures: vec![tenure], exceptions: vec![] };
    let anna = known.subjects.get_mut(&AccessSubject::Person(ANNA)).unwrap();
    anna.beside.insert(Human(ANNA), beside);
    known
}

#[test]
fn sa4_times_that_overlap_break_a_rule_and_times_that_touch_do_not() {
    for (one, other) in [(BUYER, SELLER), (SELLER, BUYER)] {
        let no = |day| No::Duties { rule: PARTED, from: days(day) };
        given(has(one, None)).when(from(3, other)).refused(no(3));
        given(has(one, Some(4))).when(from(3, other)).refused(no(3));
        given(has(one, Some(3))).when(from(3, other)).acts();
        given([has(one, None), vec![revoked(id(1))]].concat()).when(from(3, other)).acts();
        let earlier = grant(Grant { until: Some(days(3)), ..wish(2, other) });
        let later = GrantMade { from: days(3), ..made(1, one) };
        given([opened(), granted(later)]).when(earlier).acts();
    }
}

#[test]
fn sa4_what_is_had_elsewhere_or_asked_for_counts_too() {
    let no = No::Duties { rule: PARTED, from: noon() };
    for origin in [Origin::Grant(id(9)), Origin::Request(ASKED)] {
        given_of(beside(BUYER, origin), []).when(grant(wish(1, SELLER))).refused(no.clone());
        given_of(beside(BUYER, origin), []).when(from(5, SELLER)).acts();
    }
    // What was asked for and is given now does not count twice.
    let asked = Grant { source: GrantSource::Request, request: Some(ASKED), ..wish(1, SELLER) };
    given_of(beside(BUYER, Origin::Request(ASKED)), [])
        .by_nobody()
        .when(grant(asked.clone()))
        .acts();
    // Nor does another request keep it away, or of two nothing would come; that one comes too late.
    let other = AccessRequestId(Uuid::from_u128(0x6ff));
    given_of(beside(BUYER, Origin::Request(other)), [])
        .by_nobody()
        .when(grant(asked.clone()))
        .acts();
    given_of(beside(BUYER, Origin::Grant(id(9))), []).by_nobody().when(grant(asked)).refused(no);
}

#[test]
fn sa4_of_a_group_nobody_in_it() {
    let mut known = beside(READER, Origin::Grant(id(9)));
    let team = known.subjects.get_mut(&AccessSubject::Group(TEAM)).unwrap();
    let what = Granted::Role(BUYER);
    let origin = Origin::Grant(id(9));
    let tenure = Tenure { what, from: noon(), until: None, origin };
    team.beside.insert(Human(BEN), Beside { tenures: vec![tenure], exceptions: vec![] });
    let subject = AccessSubject::Group(TEAM);
    let wish = |role| grant(Grant { subject, ..wish(1, role) });
    let no = No::Duties { rule: PARTED, from: noon() };
    given_of(known.clone(), []).when(wish(SELLER)).refused(no);
    given_of(known, []).when(wish(BUYER)).acts();
}

#[test]
fn sa4_what_only_records_refuses_nothing() {
    given(has(BUYER, None)).when(grant(wish(2, READER))).acts();
}

#[test]
fn sa4_an_exception_lifts_a_rule_for_as_long_as_it_lasts() {
    let excepted = SubjectAccessEvent::Excepted(Box::new(Excepted {
        exception: ExceptionId(Uuid::from_u128(0x603)),
        lifts: Lifted::Sod(LIFTABLE),
        owner: HEIDI,
        control: "Two look at it".to_owned(),
        from: noon(),
        until: days(10),
        request: None,
    }));
    let solves = |until| grant(Grant { until: Some(days(until)), ..wish(2, SOLVER) });
    let no = |day| No::Duties { rule: LIFTABLE, from: days(day) };
    given(has(BUYER, None)).when(solves(10)).refused(no(0));
    let history = [has(BUYER, None), vec![excepted]].concat();
    given(history.clone()).when(solves(10)).acts();
    given(history).when(solves(11)).refused(no(10));
    let mut elsewhere = beside(READER, Origin::Grant(id(9)));
    let anna = elsewhere.subjects.get_mut(&AccessSubject::Person(ANNA)).unwrap();
    let exception = Exception {
        id: ExceptionId(Uuid::from_u128(0x604)),
        lifts: Lifted::Sod(LIFTABLE),
        subject: AccessSubject::Person(BEN),
        owner: HEIDI,
        from: noon(),
        until: days(10),
    };
    let tenure = Tenure {
        what: Granted::Role(BUYER),
        from: noon(),
        until: None,
        origin: Origin::Grant(id(9)),
    };
    let other = Beside { tenures: vec![tenure], exceptions: vec![exception] };
    anna.beside.insert(Human(ANNA), other);
    given_of(elsewhere.clone(), []).when(solves(10)).acts();
    given_of(elsewhere, has(BUYER, None)).when(solves(10)).acts();
}

#[test]
fn sa4_a_grant_is_not_prolonged_into_another() {
    let later = GrantMade { from: days(3), ..made(2, SELLER) };
    let history = [has(BUYER, Some(3)), vec![granted(later)]].concat();
    let prolong = |until| {
        let until = Some(days(until));
        SubjectAccessCommand::Prolong(Prolong { grant: id(1), until, request: None })
    };
    let no = No::Duties { rule: PARTED, from: days(3) };
    given(history).when(prolong(4)).refused(no);
    given(has(BUYER, Some(3))).when(prolong(4)).acts();
}

#[test]
fn sa4_what_nobody_is_behind_counts_alone() {
    let mut empty = known();
    empty.subjects.get_mut(&AccessSubject::Person(ANNA)).unwrap().beside.clear();
    let no = No::Duties { rule: PARTED, from: noon() };
    given_of(empty, has(BUYER, None)).when(grant(wish(2, SELLER))).refused(no);
}
