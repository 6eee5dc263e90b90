//! Dismiss head: somebody no longer steers the unit.

use crate::kernel::{Context, PersonId};
use crate::unit::event::{HeadDismissed, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U7. A head stops being head and still belongs to the unit. Whoever heads it not stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct DismissHead {
    /// Who.
    pub person: PersonId,
}

impl DismissHead {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        _cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        if !unit.body()?.heads.contains(&self.person) {
            return Ok(vec![]);
        }
        Ok(vec![UnitEvent::HeadDismissed(HeadDismissed { person: self.person })])
    }
}
