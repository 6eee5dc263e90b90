//! Z2, Z5

use super::{given, owned_by, registered, retired};
use crate::kernel::PersonId;
use crate::kernel::testing::world::{ANNA, BEN, CLEO, GUS};
use crate::service_account::command::ChangeOwner;
use crate::service_account::{Right, ServiceAccountCommand, ServiceAccountRefusal as No};

fn change(owner: PersonId) -> ServiceAccountCommand {
    ServiceAccountCommand::ChangeOwner(ChangeOwner { owner })
}

#[test]
fn z5_another_active_member_of_staff_answers_for_it() {
    let state = given([registered()]).when(change(ANNA)).then([owned_by(ANNA)]).state();
    assert_eq!(state.body().unwrap().owner, ANNA);
    given([registered()]).when(change(BEN)).nothing();
    for owner in [CLEO, GUS] {
        given([registered()]).when(change(owner)).refused(No::OwnerUnfit);
    }
    given([]).when(change(ANNA)).refused(No::NotFound);
    given([registered(), retired()]).when(change(ANNA)).refused(No::Retired);
}

#[test]
fn z2_nobody_lets_it_speak_again_who_may_do_less() {
    let refused = No::RightNotHeld { right: Right::CiRegister };
    given([registered()]).by(CLEO).when(change(ANNA)).refused(refused);
}
