//! U5

use super::{closed, created, given, needs_an_open_unit};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::unit::command::Rename;
use crate::unit::event::Renamed;
use crate::unit::{Unit, UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn rename(name: &str) -> UnitCommand {
    UnitCommand::Rename(Rename { name: name.to_owned() })
}

fn renamed(name: &str) -> UnitEvent {
    UnitEvent::Renamed(Renamed { name: name.to_owned() })
}

#[test]
fn u5_a_unit_has_another_name() {
    let history = [created(UnitKind::SupportUnit)];
    let unit = given(history.clone()).when(rename(" Help desk ")).then([renamed("Help desk")]);
    assert_eq!(unit.state().body().unwrap().name, "Help desk");
    given(history.clone()).when(rename("Service desk")).nothing();
    let long = rename(&"x".repeat(201));
    given(history).when(long).refused(UnitRefusal::NameUnfit(TextFault::TooLong(200)));
    needs_an_open_unit(rename("x"));
}

#[test]
fn u5_u9_the_old_name_is_free_once() {
    let key = |key: &str| ClaimKey::Plain(key.to_owned());
    let hold = ClaimChange::Hold { scope: "unit.name", key: key("help desk") };
    let release = ClaimChange::Release { scope: "unit.name", key: key("service desk") };
    let mut unit = Unit::default();
    unit.evolve(created(UnitKind::SupportUnit));
    let claims = |unit: &Unit, event| UnitCommand::claims(unit, &event);
    assert_eq!(claims(&unit, renamed("Help desk")), [release.clone(), hold]);
    assert_eq!(claims(&unit, renamed("SERVICE desk")), []);
    assert_eq!(claims(&unit, closed()), [release]);
    unit.evolve(closed());
    assert_eq!(claims(&unit, closed()), []);
}
