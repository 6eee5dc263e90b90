//! Leave: somebody no longer belongs to the unit.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::unit::event::{Left, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U6, U10. One of the unit's people leaves it; a head stops being head by that.
#[derive(Debug, Clone, PartialEq)]
pub struct Leave {
    /// Who.
    pub person: PersonId,
}

impl Leave {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        if !unit.body()?.people.contains(&self.person) {
            return Err(UnitRefusal::NotMember);
        }
        must_be_another(self.person, cx)?;
        Ok(vec![UnitEvent::Left(Left { person: self.person })])
    }
}
