//! P3, P6

use super::{an_agent, given, needs_somebody};
use crate::kernel::Refusal;
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::person::command::ChangeRole;
use crate::person::event::RoleChanged;
use crate::person::{PersonCommand, PersonEvent, PersonRefusal, Role};

fn change(role: Role) -> PersonCommand {
    PersonCommand::ChangeRole(ChangeRole { person: ANNA, role })
}

#[test]
fn p6_another_changes_a_role() {
    let event = PersonEvent::RoleChanged(RoleChanged { role: Role::Director });
    let person = given(an_agent()).by(HEIDI).when(change(Role::Director)).then([event]).state();
    assert_eq!(person.body().unwrap().role, Role::Director);
    given(an_agent()).by_nobody().when(change(Role::Auditor)).acts();
    given(an_agent()).by(HEIDI).when(change(Role::Agent)).nothing();
    needs_somebody(change(Role::Agent));
}

#[test]
fn p3_no_staff_become_clients() {
    for role in [Role::Client, Role::ClientGroupLead] {
        given(an_agent()).by(HEIDI).when(change(role)).refused(PersonRefusal::RoleUnfit);
    }
    assert_eq!(PersonRefusal::RoleUnfit.field(), Some("role"));
}

#[test]
fn p6_nobody_changes_their_own() {
    given(an_agent()).by(ANNA).when(change(Role::Director)).refused(PersonRefusal::NotOneself);
    assert_eq!(PersonRefusal::NotOneself.code(), "PERSON_NOT_ONESELF");
}
