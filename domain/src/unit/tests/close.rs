//! U9

use super::{closed, created, given, joined, needs_an_open_unit};
use crate::kernel::testing::world::{ANNA, CLEO, CLOSED_DEPARTMENT};
use crate::unit::command::{AppointHead, AppointLead, Close, Create, Join};
use crate::unit::event::Left;
use crate::unit::{UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn close() -> UnitCommand {
    UnitCommand::Close(Close {})
}

#[test]
fn u9_a_unit_without_people_is_closed_once() {
    let unit = given([created(UnitKind::SupportUnit)]).when(close()).then([closed()]).state();
    assert!(unit.body().unwrap().closed);
    given([created(UnitKind::SupportUnit), closed()]).when(close()).nothing();
    given([]).when(close()).refused(UnitRefusal::NotFound);
}

#[test]
fn u9_not_while_it_has_people() {
    let history = vec![created(UnitKind::SupportUnit), joined(ANNA)];
    given(history.clone()).when(close()).refused(UnitRefusal::HasPeople);
    let left = UnitEvent::Left(Left { person: ANNA });
    given([history, vec![left]].concat()).when(close()).acts();
}

#[test]
fn u9_nobody_joins_or_is_appointed_then_and_nothing_stands_in_it() {
    needs_an_open_unit(UnitCommand::Join(Join { person: ANNA }));
    needs_an_open_unit(UnitCommand::AppointHead(AppointHead { person: ANNA }));
    needs_an_open_unit(UnitCommand::AppointLead(AppointLead { person: CLEO }));
    let create = Create {
        name: "x".to_owned(),
        kind: UnitKind::SupportUnit,
        parent: Some(CLOSED_DEPARTMENT),
    };
    given([]).when(UnitCommand::Create(create)).refused(UnitRefusal::ParentUnfit);
}
