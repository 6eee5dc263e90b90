//! Z1, Z2, Z5

use super::{agent, given, register, registered};
use crate::kernel::testing::world::{ANNA, CLEO, GUS, NOBODY};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::service_account::command::Register;
use crate::service_account::{
    Right, ServiceAccount, ServiceAccountCommand, ServiceAccountEvent, ServiceAccountRefusal as No,
};

#[test]
fn z1_an_account_is_registered_once_under_a_name_and_for_a_purpose() {
    let typed = Register { name: " Inventory agent ".to_owned(), ..agent() };
    given([]).when(register(typed)).then([registered()]);
    given([registered()]).when(register(agent())).refused(No::Exists);
    let unnamed = Register { name: " ".to_owned(), ..agent() };
    given([]).when(register(unnamed)).refused(No::NameUnfit(TextFault::Empty));
    let long = Register { purpose: "x".repeat(2_001), ..agent() };
    given([]).when(register(long)).refused(No::PurposeUnfit(TextFault::TooLong(2_000)));
    let claims = ServiceAccountCommand::claims(&ServiceAccount::default(), &registered());
    let key = ClaimKey::of_name("Inventory agent");
    assert_eq!(claims, [ClaimChange::Hold { scope: "service_account.name", key }]);
}

#[test]
fn z2_it_may_do_something_and_nothing_that_whoever_registers_it_may_not() {
    let idle = Register { rights: [].into(), ..agent() };
    given([]).when(register(idle)).refused(No::NoRights);
    let refused = No::RightNotHeld { right: Right::CiRegister };
    for outsider in [CLEO, GUS, NOBODY] {
        given([]).by(outsider).when(register(agent())).refused(refused.clone());
    }
    let gone = Right::CiRetire;
    let more = Register { rights: [Right::CiRegister, gone].into(), ..agent() };
    given([]).when(register(more.clone())).acts();
    given([]).by(ANNA).when(register(more)).refused(No::RightNotHeld { right: gone });
    given([]).by_nobody().when(register(agent())).then([registered()]);
}

#[test]
fn z5_its_owner_is_an_active_member_of_staff() {
    for owner in [CLEO, GUS, NOBODY] {
        given([]).when(register(Register { owner, ..agent() })).refused(No::OwnerUnfit);
    }
}

#[test]
fn z7_it_is_a_part_of_one_system_or_of_none() {
    let of = |system: &str| Register { system: Some(system.to_owned()), ..agent() };
    let ServiceAccountEvent::Registered(mut expected) = registered() else { unreachable!() };
    expected.system = Some("erp".to_owned());
    given([]).when(register(of("erp"))).then([ServiceAccountEvent::Registered(expected)]);
    for unfit in ["", "ERP", "1st", "erp:invoice", "annals", &"e".repeat(33)] {
        given([]).when(register(of(unfit))).refused(No::SystemUnfit);
    }
}
