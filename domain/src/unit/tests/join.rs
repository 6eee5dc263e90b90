//! U2

use super::{created, given, joined};
use crate::kernel::Command;
use crate::kernel::testing::world::{ANNA, CLEO, GUS, NOBODY};
use crate::unit::command::Join;
use crate::unit::{Unit, UnitCommand, UnitKind, UnitRefusal};

fn join(person: crate::kernel::PersonId) -> UnitCommand {
    UnitCommand::Join(Join { person })
}

#[test]
fn u2_active_staff_join_departments_and_support_units() {
    for kind in [UnitKind::Department, UnitKind::SupportUnit] {
        let unit = given([created(kind)]).when(join(ANNA)).then([joined(ANNA)]).state();
        assert!(unit.body().unwrap().people.contains(&ANNA));
    }
    assert!(UnitCommand::claims(&Unit::default(), &joined(ANNA)).is_empty());
}

#[test]
fn u2_nobody_else_joins() {
    for person in [CLEO, GUS, NOBODY] {
        let history = [created(UnitKind::SupportUnit)];
        given(history).when(join(person)).refused(UnitRefusal::PersonUnfit);
    }
    let history = [created(UnitKind::CustomerOrganization)];
    given(history).when(join(ANNA)).refused(UnitRefusal::PersonUnfit);
}

#[test]
fn u2_joining_twice_changes_nothing() {
    given([created(UnitKind::SupportUnit), joined(ANNA)]).when(join(ANNA)).nothing();
}

#[test]
fn u1_no_unit_is_joined_before_its_creation() {
    given([]).when(join(ANNA)).refused(UnitRefusal::NotFound);
}
