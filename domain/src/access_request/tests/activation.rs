//! AR10: what was approved becomes active, or fails to, and ends once.

use chrono::TimeDelta;

use super::{approved, checked, given, plan_of, rejected, stage, submitted, waiting, wanted};
use crate::access::testing::{PARTED, id};
use crate::access_request::AccessRequestRefusal as No;
use crate::access_request::command::{AccessRequestCommand, Activate, End, FailActivation};
use crate::access_request::event::{AccessRequestEvent, Activated, ActivationFailed, Ended};
use crate::access_request::stage::Mode;
use crate::access_request::wanted::{Failure, Rejection, Wanted};
use crate::access_request::words::Ending;
use crate::kernel::GrantId;
use crate::kernel::testing::world::{ANNA, noon};

fn activate(grant: GrantId) -> AccessRequestCommand {
    AccessRequestCommand::Activate(Activate { grant: Some(grant) })
}

pub(super) fn activated() -> AccessRequestEvent {
    AccessRequestEvent::Activated(Activated { grant: Some(id(1)) })
}

fn fail(because: Failure) -> AccessRequestCommand {
    AccessRequestCommand::FailActivation(FailActivation { because })
}

pub(super) fn failed(because: Failure) -> AccessRequestEvent {
    AccessRequestEvent::ActivationFailed(ActivationFailed { because })
}

fn end(ending: Ending) -> AccessRequestCommand {
    AccessRequestCommand::End(End { ending })
}

fn granted(wanted: Wanted) -> Vec<AccessRequestEvent> {
    vec![submitted(wanted), checked(plan_of(vec![])), approved()]
}

#[test]
fn ar10_it_becomes_active_at_its_beginning_as_one_grant() {
    given(granted(wanted())).by_nobody().when(activate(id(1))).then([activated()]);
    let active = [granted(wanted()), vec![activated()]].concat();
    given(active.clone()).by_nobody().when(activate(id(1))).nothing();
    given(active).by_nobody().when(activate(id(2))).refused(No::NotApproved);
    let begins = noon() + TimeDelta::hours(1);
    let later = || granted(Wanted { from: Some(begins), ..wanted() });
    given(later()).by_nobody().when(activate(id(1))).refused(No::TooEarly);
    given(later()).by_nobody().at(begins).when(activate(id(1))).acts();
}

#[test]
fn ar10_only_what_was_approved() {
    let waits = waiting(vec![stage([ANNA], Mode::Any)]);
    let no = [waits.clone(), vec![rejected(Rejection::NoApprover)]].concat();
    for history in [waits, no] {
        given(history.clone()).by_nobody().when(activate(id(1))).refused(No::NotApproved);
        given(history.clone()).by_nobody().when(fail(Failure::Conflict)).refused(No::NotApproved);
        given(history).by_nobody().when(end(Ending::Revoked)).refused(No::NotActive);
    }
}

#[test]
fn ar10_or_it_fails_to_and_says_why() {
    for because in [
        Failure::Duties { rule: PARTED },
        Failure::Conflict,
        Failure::BeneficiaryInactive,
        Failure::RoleRetired,
        Failure::Late,
    ] {
        given(granted(wanted())).by_nobody().when(fail(because)).then([failed(because)]);
        let history = [granted(wanted()), vec![failed(because)]].concat();
        given(history.clone()).by_nobody().when(fail(because)).nothing();
        given(history).by_nobody().when(activate(id(1))).refused(No::NotApproved);
    }
}

#[test]
fn ar10_it_ends_once() {
    for ending in [Ending::Expired, Ending::Revoked, Ending::Superseded] {
        let ended = AccessRequestEvent::Ended(Ended { ending });
        let active = [granted(wanted()), vec![activated()]].concat();
        given(active.clone()).by_nobody().when(end(ending)).then([ended.clone()]);
        let over = [active, vec![ended]].concat();
        given(over).by_nobody().when(end(Ending::Revoked)).nothing();
    }
}
