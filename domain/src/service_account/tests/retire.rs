//! Z6

use super::{FIRST, given, issued, registered, retired};
use crate::kernel::testing::world::noon;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::service_account::command::Retire;
use crate::service_account::{ServiceAccount, ServiceAccountCommand, ServiceAccountRefusal as No};

fn retire() -> ServiceAccountCommand {
    ServiceAccountCommand::Retire(Retire {})
}

#[test]
fn z6_it_is_over_with_all_its_tokens_and_its_name_is_free() {
    let history = [registered(), issued(FIRST, 30)];
    let state = given(history).when(retire()).then([retired()]).state();
    let body = state.body().unwrap();
    assert!(body.retired && !body.speaks_with(FIRST, noon()));
    let mut before = ServiceAccount::default();
    before.evolve(registered());
    let key = ClaimKey::of_name("Inventory agent");
    assert_eq!(
        ServiceAccountCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "service_account.name", key }]
    );
}

#[test]
fn z6_retiring_twice_changes_nothing() {
    given([registered(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}
