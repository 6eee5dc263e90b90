//! AR1

use chrono::TimeDelta;

use super::{
    REASON, asks, exception, given, given_of, known, opened, rule, submit, submitted, under, wanted,
};
use crate::access::model::AccessSubject;
use crate::access_policy::Approver;
use crate::access_request::AccessRequestRefusal as No;
use crate::access_request::command::{AccessRequestCommand, Submit};
use crate::access_request::known::{RequestFacts, RoleTerms};
use crate::access_request::stage::Mode;
use crate::access_request::wanted::{Wanted, What};
use crate::kernel::testing::world::{BEN, noon};
use crate::kernel::text::TextFault;

fn because(justification: &str) -> AccessRequestCommand {
    AccessRequestCommand::Submit(Box::new(Submit {
        beneficiary: AccessSubject::Person(BEN),
        wanted: wanted(),
        justification: justification.to_owned(),
        renews: None,
    }))
}

fn of_role(change: impl FnOnce(&mut RoleTerms)) -> RequestFacts {
    let mut known = known();
    known.role.as_mut().map(change);
    known
}

fn lasting(days: Option<i64>) -> Wanted {
    Wanted { until: days.map(|days| noon() + TimeDelta::days(days)), ..wanted() }
}

#[test]
fn ar1_a_request_is_submitted_once_with_a_justification() {
    let rules = under(vec![rule("r", vec![asks(0, Approver::RoleOwner, Mode::Any)])]);
    let state = given_of(rules, []).when(submit(wanted())).state();
    let body = state.body().unwrap();
    assert_eq!((body.requester, &body.wanted), (Some(BEN), &wanted()));
    assert_eq!(body.justification.value().map(String::as_str), Some(REASON));
    assert_eq!(body.round().map(|round| round.stage), Ok(1));
    given([submitted(wanted())]).when(submit(wanted())).refused(No::Exists);
    given([]).when(because("For it   ")).refused(No::JustificationTooShort { min: 10 });
    given([]).when(because("For it now")).acts();
    given([]).when(because(" ")).refused(No::JustificationUnfit(TextFault::Empty));
    let long = No::JustificationUnfit(TextFault::TooLong(2_000));
    given([]).when(because(&"x".repeat(2_001))).refused(long);
    given([opened(1)]).when(super::approve()).refused(No::NotFound);
}

#[test]
fn ar1_for_somebody_active_and_a_role_that_can_be_requested() {
    let inactive = RequestFacts { beneficiary_active: false, ..known() };
    given_of(inactive, []).when(submit(wanted())).refused(No::BeneficiaryUnfit);
    for known in [
        RequestFacts { role: None, ..known() },
        of_role(|role| role.requestable = false),
        of_role(|role| role.retired = true),
    ] {
        given_of(known, []).when(submit(wanted())).refused(No::RoleUnfit);
    }
}

#[test]
fn ar1_with_an_end_where_the_role_has_one() {
    let brief = || of_role(|role| role.max_duration = Some(TimeDelta::days(2)));
    given_of(brief(), []).when(submit(lasting(None))).refused(No::EndMissing);
    given_of(brief(), []).when(submit(lasting(Some(2)))).acts();
    given([]).when(submit(lasting(None))).acts();
    given([]).when(submit(lasting(Some(0)))).refused(No::EndUnfit);
    let from = |from, until| Wanted { from: Some(from), ..lasting(until) };
    given([]).when(submit(from(noon() + TimeDelta::days(3), Some(3)))).refused(No::EndUnfit);
    given([]).when(submit(from(noon() + TimeDelta::days(366), None))).acts();
    let late = noon() + TimeDelta::days(366) + TimeDelta::microseconds(1);
    given([]).when(submit(from(late, None))).refused(No::StartUnfit);
    let events = given([]).when(submit(from(noon() - TimeDelta::days(1), None))).state();
    assert_eq!(events.body().unwrap().wanted.from, None, "it begins when it is approved");
}

#[test]
fn ar1_an_exception_has_a_control_and_ends_within_ninety_days() {
    given([]).when(submit(exception())).acts();
    given([]).when(submit(Wanted { until: None, ..exception() })).refused(No::EndMissing);
    let until = exception().until.map(|until| until + TimeDelta::microseconds(1));
    given([]).when(submit(Wanted { until, ..exception() })).refused(No::EndUnfit);
    let What::Exception { lifts, .. } = exception().what else { unreachable!() };
    let what = What::Exception { lifts, control: " ".to_owned() };
    let uncontrolled = Wanted { what, ..exception() };
    given([]).when(submit(uncontrolled)).refused(No::ControlUnfit(TextFault::Empty));
}

#[test]
fn ar2_the_plan_is_stored_with_the_request() {
    let events = given([]).when(submit(wanted()));
    let state = events.state();
    let body = state.body().unwrap();
    assert_eq!(body.plan.as_ref().map(|plan| plan.stages.len()), Some(1));
}
