//! Create: a unit begins.

use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{Context, UnitId};
use crate::unit::event::{Created, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;
use crate::unit::words::UnitKind;

/// U1. A unit is created once, with a name; only a support unit stands in a department.
#[derive(Debug, Clone, PartialEq)]
pub struct Create {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// What sort.
    pub kind: UnitKind,
    /// The department a support unit stands in.
    pub parent: Option<UnitId>,
}

impl Create {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        if unit.0.is_some() {
            return Err(UnitRefusal::Exists);
        }
        if let Some(parent) = self.parent {
            let facts = cx.facts.units.get(&parent);
            let holds_others =
                facts.is_some_and(|facts| facts.kind == UnitKind::Department && !facts.closed);
            if !holds_others || self.kind != UnitKind::SupportUnit {
                return Err(UnitRefusal::ParentUnfit);
            }
        }
        let name = text::line(&self.name, NAME_MAX).map_err(UnitRefusal::NameUnfit)?;
        Ok(vec![UnitEvent::Created(Created { name, kind: self.kind, parent: self.parent })])
    }
}
