//! C6

use super::{after, established, needs_settings};
use crate::kernel::testing::world::{CLOSED, CUSTOMER, DESK, NOWHERE};
use crate::kernel::{Refusal, UnitId};
use crate::settings::command::ChangeDispatch;
use crate::settings::event::DispatchChanged;
use crate::settings::{SettingsCommand, SettingsEvent, SettingsRefusal};

fn change(unit: Option<UnitId>) -> SettingsCommand {
    SettingsCommand::ChangeDispatch(ChangeDispatch { unit })
}

fn changed(unit: Option<UnitId>) -> SettingsEvent {
    SettingsEvent::DispatchChanged(DispatchChanged { unit })
}

#[test]
fn c6_the_staff_of_a_unit_dispatch_or_all() {
    after([established()]).when(change(Some(DESK))).then([changed(Some(DESK))]);
    let history = [established(), changed(Some(DESK))];
    after(history.clone()).when(change(Some(DESK))).nothing();
    let settings = after(history).when(change(None)).then([changed(None)]).state();
    assert_eq!(settings.policy().dispatch_unit, None);
    needs_settings(change(None));
}

#[test]
fn c6_the_unit_is_open_and_takes_tickets() {
    for unit in [CUSTOMER, CLOSED, NOWHERE] {
        after([established()]).when(change(Some(unit))).refused(SettingsRefusal::UnitUnfit);
    }
    assert_eq!(SettingsRefusal::UnitUnfit.field(), Some("unitId"));
}
