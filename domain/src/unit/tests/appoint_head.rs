//! U3

use super::{created, given, head_appointed, joined};
use crate::kernel::testing::world::{ANNA, HEIDI};
use crate::unit::command::AppointHead;
use crate::unit::{UnitCommand, UnitKind, UnitRefusal};

fn appoint() -> UnitCommand {
    UnitCommand::AppointHead(AppointHead { person: HEIDI })
}

#[test]
fn u3_one_of_the_units_people_heads_it_beside_others() {
    let history =
        [created(UnitKind::SupportUnit), joined(ANNA), head_appointed(ANNA), joined(HEIDI)];
    let unit = given(history).when(appoint()).then([head_appointed(HEIDI)]).state();
    assert_eq!(unit.body().unwrap().heads, [ANNA, HEIDI].into());
}

#[test]
fn u3_a_stranger_does_not() {
    given([created(UnitKind::SupportUnit)]).when(appoint()).refused(UnitRefusal::PersonUnfit);
    given([]).when(appoint()).refused(UnitRefusal::NotFound);
}

#[test]
fn u3_appointing_twice_changes_nothing() {
    let history = [created(UnitKind::SupportUnit), joined(HEIDI), head_appointed(HEIDI)];
    given(history).when(appoint()).nothing();
}
