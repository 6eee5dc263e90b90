//! Rename: the unit has another name.

use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};
use crate::unit::event::{Renamed, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U5. A unit may have another unique name. The same name again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
}

impl Rename {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        _cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        let name = text::line(&self.name, NAME_MAX).map_err(UnitRefusal::NameUnfit)?;
        if body.name == name {
            return Ok(vec![]);
        }
        Ok(vec![UnitEvent::Renamed(Renamed { name })])
    }
}
