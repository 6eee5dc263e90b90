//! U10

use super::{created, given, joined};
use crate::kernel::testing::world::ANNA;
use crate::unit::command::{AppointHead, Join, Leave};
use crate::unit::{UnitCommand, UnitKind, UnitRefusal};

#[test]
fn u10_nobody_joins_leaves_or_comes_to_head_a_unit_by_themselves() {
    let desk = || created(UnitKind::SupportUnit);
    let join = UnitCommand::Join(Join { person: ANNA });
    given([desk()]).by(ANNA).when(join.clone()).refused(UnitRefusal::NotOneself);
    given([desk(), joined(ANNA)]).by(ANNA).when(join.clone()).nothing();
    given([desk()]).by_nobody().when(join).acts();
    for command in [
        UnitCommand::Leave(Leave { person: ANNA }),
        UnitCommand::AppointHead(AppointHead { person: ANNA }),
    ] {
        let unit = || given([desk(), joined(ANNA)]);
        unit().by(ANNA).when(command.clone()).refused(UnitRefusal::NotOneself);
        unit().when(command).acts();
    }
}
