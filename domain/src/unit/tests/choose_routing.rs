//! U8

use strum::IntoEnumIterator;

use super::{created, given, needs_an_open_unit};
use crate::unit::command::ChooseRouting;
use crate::unit::event::RoutingChosen;
use crate::unit::{RoutingMethod, UnitCommand, UnitEvent, UnitKind, UnitRefusal};

fn choose(method: RoutingMethod) -> UnitCommand {
    UnitCommand::ChooseRouting(ChooseRouting { method })
}

#[test]
fn u8_a_unit_that_takes_tickets_chooses_how_it_spreads_them() {
    for kind in [UnitKind::Department, UnitKind::SupportUnit] {
        given([created(kind)]).when(choose(RoutingMethod::Pull)).nothing();
        for method in [RoutingMethod::LeastLoaded, RoutingMethod::RoundRobin] {
            let chosen = UnitEvent::RoutingChosen(RoutingChosen { method });
            let unit = given([created(kind)]).when(choose(method)).then([chosen]).state();
            assert_eq!(unit.body().unwrap().routing, method);
        }
    }
    needs_an_open_unit(choose(RoutingMethod::RoundRobin));
}

#[test]
fn u8_no_other_does() {
    for method in RoutingMethod::iter() {
        let history = [created(UnitKind::CustomerOrganization)];
        given(history).when(choose(method)).refused(UnitRefusal::TakesNoTickets);
    }
}
