//! Z2 to Z5

use chrono::TimeDelta;

use super::{FIRST, SECOND, THIRD, given, in_days, issued, owned_by, registered, retired, revoked};
use crate::kernel::ServiceTokenId;
use crate::kernel::testing::world::{CLEO, GUS, noon};
use crate::service_account::command::IssueToken;
use crate::service_account::{Right, ServiceAccountCommand, ServiceAccountRefusal as No};

fn issue(token: ServiceTokenId, days: i64) -> ServiceAccountCommand {
    ServiceAccountCommand::IssueToken(IssueToken { token, ends_at: in_days(days) })
}

#[test]
fn z3_a_token_ends_within_ninety_days() {
    let state = given([registered()]).when(issue(FIRST, 90)).then([issued(FIRST, 90)]).state();
    let body = state.body().unwrap();
    assert!(body.speaks_with(FIRST, noon()) && !body.speaks_with(SECOND, noon()));
    assert!(!body.speaks_with(FIRST, in_days(90)));
    for days in [0, -1, 91] {
        given([registered()]).when(issue(FIRST, days)).refused(No::EndUnfit);
    }
    let ends_at = in_days(90) + TimeDelta::microseconds(1);
    let late = ServiceAccountCommand::IssueToken(IssueToken { token: FIRST, ends_at });
    given([registered()]).when(late).refused(No::EndUnfit);
    given([]).when(issue(FIRST, 1)).refused(No::NotFound);
    given([registered(), retired()]).when(issue(FIRST, 1)).refused(No::Retired);
}

#[test]
fn z3_two_serve_at_a_time_and_what_serves_no_more_does_not_count() {
    let two = || [registered(), issued(FIRST, 1), issued(SECOND, 30)];
    given(two()).when(issue(THIRD, 30)).refused(No::TooManyTokens);
    given(two()).when(issue(SECOND, 30)).nothing();
    given(two().into_iter().chain([revoked(SECOND)])).when(issue(THIRD, 30)).acts();
    given(two()).at(in_days(1)).when(issue(THIRD, 30)).then([issued(THIRD, 30)]);
}

#[test]
fn z2_whoever_issues_one_may_do_all_that_it_is_for() {
    let refused = No::RightNotHeld { right: Right::CiRegister };
    given([registered()]).by(CLEO).when(issue(FIRST, 1)).refused(refused);
}

#[test]
fn z5_none_is_issued_without_an_owner_who_works_here() {
    given([registered(), owned_by(GUS)]).when(issue(FIRST, 1)).refused(No::OwnerUnfit);
}
