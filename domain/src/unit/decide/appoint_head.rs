//! Appoint head: somebody steers the unit.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::unit::event::{HeadAppointed, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;

/// U3, U10. One of the unit's people heads it, beside others. Appointing twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct AppointHead {
    /// Who.
    pub person: PersonId,
}

impl AppointHead {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        if body.heads.contains(&self.person) {
            return Ok(vec![]);
        }
        if !body.people.contains(&self.person) {
            return Err(UnitRefusal::PersonUnfit);
        }
        must_be_another(self.person, cx)?;
        Ok(vec![UnitEvent::HeadAppointed(HeadAppointed { person: self.person })])
    }
}
