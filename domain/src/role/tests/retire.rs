//! RO4, RO7

use super::{CLERK, besides, clerk, defined, given, keeper, retired};
use crate::access::model::{Granted, RoleDefinition};
use crate::access::standard::standard_roles;
use crate::kernel::testing::access::{KEEPER, NO_ROLE, facts, holding, role};
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::role::command::Retire;
use crate::role::{Role, RoleCommand, RoleEvent, RoleRefusal as No};

fn retire() -> RoleCommand {
    RoleCommand::Retire(Retire {})
}

#[test]
fn ro7_it_is_over_and_its_name_is_free() {
    let known = facts(besides(keeper(), clerk()));
    let role = given([defined()]).knowing(known).when(retire()).then([retired()]).state();
    assert!(role.body().unwrap().retired);
    let mut before = Role::default();
    before.evolve(defined());
    let key = ClaimKey::of_name("Clerk");
    assert_eq!(
        RoleCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "role.name", key }]
    );
}

#[test]
fn ro7_no_role_is_retired_from_which_another_inherits() {
    let chief = RoleDefinition { juniors: [CLERK].into(), ..role(NO_ROLE, "Chief", []) };
    let known = facts(besides(besides(keeper(), clerk()), chief));
    let refusal = given([defined()]).knowing(known).when(retire()).refusal();
    assert_eq!(refusal, No::StillInherited { by: NO_ROLE });
    assert_eq!(refusal.meta()["roleId"], NO_ROLE.to_string());
}

#[test]
fn ro4_nobody_retires_a_role_they_hold() {
    let known = |role| facts(besides(holding([Granted::Role(role)]), clerk()));
    given([defined()]).knowing(known(CLERK)).when(retire()).refused(No::HeldByActor);
    given([defined()]).knowing(known(KEEPER)).when(retire()).acts();
    given([defined()]).knowing(known(CLERK)).by_nobody().when(retire()).acts();
}

#[test]
fn ro7_no_role_that_is_shipped_is_retired() {
    for standard in standard_roles() {
        let shipped = RoleEvent::Defined(Box::new(standard.definition.clone()));
        given([shipped]).by_nobody().when(retire()).refused(No::Shipped);
    }
}

#[test]
fn ro7_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}
