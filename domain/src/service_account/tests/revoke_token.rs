//! Z4

use super::{FIRST, SECOND, given, in_days, issued, registered, retired, revoked};
use crate::kernel::ServiceTokenId;
use crate::kernel::testing::world::noon;
use crate::service_account::command::RevokeToken;
use crate::service_account::{ServiceAccountCommand, ServiceAccountRefusal as No};

fn revoke(token: ServiceTokenId) -> ServiceAccountCommand {
    ServiceAccountCommand::RevokeToken(RevokeToken { token })
}

#[test]
fn z4_a_revoked_token_never_serves_again() {
    let history = || [registered(), issued(FIRST, 30), issued(SECOND, 30)];
    let state = given(history()).when(revoke(FIRST)).then([revoked(FIRST)]).state();
    let body = state.body().unwrap();
    assert!(!body.speaks_with(FIRST, noon()) && body.speaks_with(SECOND, noon()));
}

#[test]
fn z4_what_serves_no_more_is_left_as_it_is() {
    let history = || [registered(), issued(FIRST, 30)];
    given(history().into_iter().chain([revoked(FIRST)])).when(revoke(FIRST)).nothing();
    given(history().into_iter().chain([retired()])).when(revoke(FIRST)).nothing();
    given(history()).at(in_days(30)).when(revoke(FIRST)).nothing();
    given(history()).when(revoke(SECOND)).refused(No::TokenNotFound);
    given([]).when(revoke(FIRST)).refused(No::NotFound);
}
