//! U1

use super::{created, given};
use crate::kernel::testing::world::{CUSTOMER, DESK, IT, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal, UnitId};
use crate::unit::command::Create;
use crate::unit::event::Created;
use crate::unit::{Unit, UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn create(name: &str, kind: UnitKind, parent: Option<UnitId>) -> UnitCommand {
    UnitCommand::Create(Create { name: name.to_owned(), kind, parent })
}

#[test]
fn u1_a_unit_is_created_with_a_name() {
    for kind in [UnitKind::Department, UnitKind::SupportUnit, UnitKind::CustomerOrganization] {
        given([]).when(create(" Service desk ", kind, None)).then([created(kind)]);
    }
}

#[test]
fn u1_it_is_created_once() {
    let again = create("Other", UnitKind::SupportUnit, None);
    given([created(UnitKind::SupportUnit)]).when(again).refused(UnitRefusal::Exists);
}

#[test]
fn u1_only_a_support_unit_stands_in_a_department() {
    let event =
        Created { name: "Service desk".to_owned(), kind: UnitKind::SupportUnit, parent: Some(IT) };
    given([])
        .when(create("Service desk", UnitKind::SupportUnit, Some(IT)))
        .then([UnitEvent::Created(event)]);
    for parent in [DESK, CUSTOMER, NOWHERE] {
        let command = create("Service desk", UnitKind::SupportUnit, Some(parent));
        given([]).when(command).refused(UnitRefusal::ParentUnfit);
    }
    for kind in [UnitKind::Department, UnitKind::CustomerOrganization] {
        given([]).when(create("x", kind, Some(IT))).refused(UnitRefusal::ParentUnfit);
    }
}

#[test]
fn u1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let empty = UnitRefusal::NameUnfit(TextFault::Empty);
    assert_eq!((empty.code(), empty.field()), ("UNIT_NAME_UNFIT", Some("name")));
    given([]).when(create(" ", UnitKind::Department, None)).refused(empty);
    let long = create(&"x".repeat(201), UnitKind::Department, None);
    given([]).when(long).refused(UnitRefusal::NameUnfit(TextFault::TooLong(200)));
    let key = ClaimKey::Plain("service desk".to_owned());
    assert_eq!(
        UnitCommand::claims(&Unit::default(), &created(UnitKind::Department)),
        [ClaimChange::Hold { scope: "unit.name", key }]
    );
}
