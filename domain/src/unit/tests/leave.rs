//! U6

use super::{created, given, head_appointed, joined};
use crate::kernel::Refusal;
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::unit::command::Leave;
use crate::unit::event::Left;
use crate::unit::{UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn leave() -> UnitCommand {
    UnitCommand::Leave(Leave { person: HEIDI })
}

#[test]
fn u6_whoever_leaves_heads_it_no_more() {
    let history =
        [created(UnitKind::SupportUnit), joined(ANNA), joined(HEIDI), head_appointed(HEIDI)];
    let left = UnitEvent::Left(Left { person: HEIDI });
    let unit = given(history).when(leave()).then([left]).state();
    let body = unit.body().unwrap();
    assert_eq!((&body.people, body.heads.len()), (&[ANNA].into(), 0));
}

#[test]
fn u6_only_whoever_belongs_to_it_leaves() {
    let history = [created(UnitKind::SupportUnit), joined(ANNA)];
    given(history).when(leave()).refused(UnitRefusal::NotMember);
    given([]).when(leave()).refused(UnitRefusal::NotFound);
    assert_eq!(UnitRefusal::NotMember.field(), Some("personId"));
}
