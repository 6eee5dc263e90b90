//! Join: somebody belongs to the unit.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::unit::event::{Joined, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U2, U10. Active staff join departments and support units; clients never. Joining twice changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Join {
    /// Who.
    pub person: PersonId,
}

impl Join {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        if body.people.contains(&self.person) {
            return Ok(vec![]);
        }
        if !body.kind.takes_tickets() || !cx.facts.can_work(self.person, None) {
            return Err(UnitRefusal::PersonUnfit);
        }
        must_be_another(self.person, cx)?;
        Ok(vec![UnitEvent::Joined(Joined { person: self.person })])
    }
}
