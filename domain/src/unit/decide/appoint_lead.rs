//! Appoint lead: a client speaks for the customer organisation.

use crate::kernel::{Context, PersonId};
use crate::person::PersonKind;
use crate::unit::event::{LeadAppointed, UnitEvent};
use crate::unit::refusal::UnitRefusal;
use crate::unit::state::Unit;
use crate::unit::words::UnitKind;

/// U4. An active client becomes the group lead of a customer organisation, instead of whoever was.
#[derive(Debug, Clone, PartialEq)]
pub struct AppointLead {
    /// Who.
    pub person: PersonId,
}

impl AppointLead {
    pub(in crate::unit) fn decide(
        self,
        unit: &Unit,
        cx: &Context,
    ) -> Result<Vec<UnitEvent>, UnitRefusal> {
        let body = unit.open()?;
        if body.lead == Some(self.person) {
            return Ok(vec![]);
        }
        let is_client = cx
            .facts
            .people
            .get(&self.person)
            .is_some_and(|facts| facts.active && facts.kind == PersonKind::Client);
        if body.kind != UnitKind::CustomerOrganization || !is_client {
            return Err(UnitRefusal::PersonUnfit);
        }
        Ok(vec![UnitEvent::LeadAppointed(LeadAppointed { person: self.person })])
    }
}
