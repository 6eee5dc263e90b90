//! AP7: what can be taken in an emergency.

use uuid::Uuid;

use super::{given, given_of};
use crate::access::known::AccessFacts;
use crate::access::testing::{
    ADMIN, BUYER, CREW, ENDED, GONE, NO_ROLE, READER, TEAM, grant, known,
};
use crate::access_policy::AccessPolicyRefusal as No;
use crate::access_policy::command::PrepareEmergencies;
use crate::access_policy::event::EmergenciesPrepared;
use crate::access_policy::{AccessPolicyCommand, AccessPolicyEvent};
use crate::kernel::{AccessGroupId, RoleId};

fn prepare<const N: usize>(roles: [(RoleId, AccessGroupId); N]) -> AccessPolicyCommand {
    AccessPolicyCommand::PrepareEmergencies(PrepareEmergencies { roles: roles.into() })
}

fn prepared<const N: usize>(roles: [(RoleId, AccessGroupId); N]) -> AccessPolicyEvent {
    AccessPolicyEvent::EmergenciesPrepared(EmergenciesPrepared { roles: roles.into() })
}

#[test]
fn ap7_roles_are_prepared_for_the_people_of_groups() {
    let admin = [(ADMIN, TEAM)];
    let state = given([]).when(prepare(admin)).then([prepared(admin)]).state();
    assert_eq!(state.emergencies, admin.into());
    given([prepared(admin)]).when(prepare(admin)).nothing();
    given([prepared(admin)]).when(prepare([])).then([prepared([])]);
    for role in [GONE, NO_ROLE] {
        given([]).when(prepare([(role, TEAM)])).refused(No::EmergencyUnfit { role });
    }
    given([]).when(prepare([(ADMIN, ENDED)])).refused(No::GroupUnfit);
    let many: [_; 21] =
        std::array::from_fn(|number| (RoleId(Uuid::from_u128(number as u128)), TEAM));
    given([]).when(prepare(many)).refused(No::EmergenciesTooMany);
}

#[test]
fn ap7_by_who_may_give_them() {
    let poor = || AccessFacts { held: vec![grant(0, BUYER)], ..known() };
    let action = "ticket.read".parse().unwrap();
    let no = No::EmergencyNotHeld { role: READER, action };
    given_of(poor(), []).when(prepare([(READER, TEAM)])).refused(no.clone());
    given_of(poor(), []).by_nobody().when(prepare([(READER, TEAM)])).acts();
    // What others have prepared stays while something else changes; for others it is new.
    let before = || [prepared([(READER, TEAM)])];
    given_of(poor(), before()).when(prepare([(READER, TEAM), (BUYER, TEAM)])).acts();
    given_of(poor(), before()).when(prepare([(READER, CREW)])).refused(no);
}
