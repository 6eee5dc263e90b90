//! U7

use super::{created, given, head_appointed, joined};
use crate::kernel::testing::world::HEIDI;
use crate::unit::command::DismissHead;
use crate::unit::event::HeadDismissed;
use crate::unit::{UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn dismiss() -> UnitCommand {
    UnitCommand::DismissHead(DismissHead { person: HEIDI })
}

#[test]
fn u7_a_head_is_dismissed_and_still_belongs_to_the_unit() {
    let history = [created(UnitKind::SupportUnit), joined(HEIDI), head_appointed(HEIDI)];
    let dismissed = UnitEvent::HeadDismissed(HeadDismissed { person: HEIDI });
    let unit = given(history).when(dismiss()).then([dismissed]).state();
    let body = unit.body().unwrap();
    assert_eq!((&body.people, body.heads.len()), (&[HEIDI].into(), 0));
}

#[test]
fn u7_whoever_heads_it_not_stays_so() {
    given([created(UnitKind::SupportUnit), joined(HEIDI)]).when(dismiss()).nothing();
    given([]).when(dismiss()).refused(UnitRefusal::NotFound);
}
