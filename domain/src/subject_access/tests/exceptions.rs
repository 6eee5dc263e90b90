//! SA7: rules that do not count for somebody for a time.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{closed, given, given_of, opened};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, Human, Lifted};
use crate::access::testing::{HARD, LIFTABLE, PARTED, SOFT, WATCHED, days, known};
use crate::kernel::testing::world::{ANNA, BEN, GUS, HEIDI, NOBODY, noon};
use crate::kernel::text::TextFault;
use crate::kernel::{AccessRequestId, DenyRuleId, ExceptionId, SodRuleId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Close, EndException, Except, Expire};
use crate::subject_access::event::{Excepted, ExceptionEnded};
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

const FIRST: ExceptionId = ExceptionId(Uuid::from_u128(0x603));

fn wish() -> Except {
    Except {
        subject: AccessSubject::Person(ANNA),
        exception: FIRST,
        lifts: Lifted::Deny(SOFT),
        owner: BEN,
        control: " Two look at it ".to_owned(),
        from: None,
        until: days(90),
        request: None,
    }
}

fn except(wish: Except) -> SubjectAccessCommand {
    SubjectAccessCommand::Except(Box::new(wish))
}

fn excepted(until: DateTime<Utc>) -> SubjectAccessEvent {
    SubjectAccessEvent::Excepted(Box::new(Excepted {
        exception: FIRST,
        lifts: Lifted::Deny(SOFT),
        owner: BEN,
        control: "Two look at it".to_owned(),
        from: noon(),
        until,
        request: None,
    }))
}

fn ended() -> SubjectAccessEvent {
    SubjectAccessEvent::ExceptionEnded(ExceptionEnded { exception: FIRST })
}

#[test]
fn sa7_one_soft_rule_with_an_owner_a_control_and_a_reason_for_ninety_days() {
    let asked = |wish| given([]).because("Year's end").when(except(wish));
    let state = asked(wish()).then([opened(), excepted(days(90))]).state();
    assert!(state.exceptions().any(|it| it.lifts(Lifted::Deny(SOFT), noon())));
    given([]).when(except(wish())).refused(No::ReasonMissing);
    for until in [0, 91] {
        asked(Except { until: days(until), ..wish() }).refused(No::EndUnfit);
    }
    let control = |control: &str| Except { control: control.to_owned(), ..wish() };
    asked(control(" ")).refused(No::ControlUnfit(TextFault::Empty));
    asked(control(&"x".repeat(2_001))).refused(No::ControlUnfit(TextFault::TooLong(2_000)));
    for owner in [GUS, NOBODY, ANNA] {
        asked(Except { owner, ..wish() }).refused(No::OwnerUnfit);
    }
    let again = given([opened(), excepted(days(90))]).because("x").when(except(wish()));
    again.nothing();
    given([opened(), closed()]).because("x").when(except(wish())).refused(No::Closed);
    let request = Some(AccessRequestId(Uuid::from_u128(0x601)));
    let approved = Except { request, ..wish() };
    asked(approved.clone()).refused(No::SourceUnfit);
    given([]).by_nobody().because("Approved").when(except(approved)).acts();
}

#[test]
fn sa7_nothing_lifts_what_is_denied_or_parted_for_good() {
    let lift = |lifts| given([]).because("x").when(except(Except { lifts, ..wish() }));
    lift(Lifted::Sod(LIFTABLE)).acts();
    let (no_deny, no_rule) = (DenyRuleId(Uuid::nil()), SodRuleId(Uuid::nil()));
    for lifts in [
        Lifted::Deny(HARD),
        Lifted::Sod(PARTED),
        Lifted::Sod(WATCHED),
        Lifted::Deny(no_deny),
        Lifted::Sod(no_rule),
    ] {
        lift(lifts).refused(No::NotLiftable);
    }
}

#[test]
fn sa7_nobody_makes_one_for_themselves() {
    given([]).by(ANNA).because("x").when(except(wish())).refused(No::OwnException);
    let second = AccessFacts { doer: Some(Human(ANNA)), ..known() };
    given_of(second, []).because("x").when(except(wish())).refused(No::OwnException);
    given([]).by(HEIDI).because("x").when(except(wish())).acts();
}

#[test]
fn sa7_it_is_ended_or_comes_to_its_end() {
    let end = || SubjectAccessCommand::EndException(EndException { exception: FIRST });
    let history = vec![opened(), excepted(days(2))];
    given(history.clone()).when(end()).then([ended()]);
    given([history.clone(), vec![ended()]].concat()).when(end()).nothing();
    let expire = || SubjectAccessCommand::Expire(Expire {});
    given(history.clone()).by_nobody().when(expire()).nothing();
    given(history.clone()).by_nobody().at(days(2)).when(expire()).then([ended()]);
    let state = given(history).when(SubjectAccessCommand::Close(Close {}));
    assert_eq!(state.state().exceptions().count(), 0);
}
