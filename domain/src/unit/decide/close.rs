//! Close: the unit takes nothing any more.

use crate::kernel::Context;
use crate::unit::event::{Closed, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U9. A unit without people is closed, for ever, and its name is free again. Closing twice changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {}

impl Close {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        _cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.body()?;
        if body.closed {
            return Ok(vec![]);
        }
        if !body.people.is_empty() {
            return Err(UnitRefusal::HasPeople);
        }
        Ok(vec![UnitEvent::Closed(Closed {})])
    }
}
