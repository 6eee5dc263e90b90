//! Choose routing: how new tickets find their people.

use crate::kernel::Context;
use crate::unit::event::{RoutingChosen, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;
use crate::unit::words::RoutingMethod;

/// U8. A unit that takes tickets chooses how it spreads them. The same way again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseRouting {
    /// Which way.
    pub method: RoutingMethod,
}

impl ChooseRouting {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        _cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        if !body.kind.takes_tickets() {
            return Err(UnitRefusal::TakesNoTickets);
        }
        if body.routing == self.method {
            return Ok(vec![]);
        }
        Ok(vec![UnitEvent::RoutingChosen(RoutingChosen { method: self.method })])
    }
}
