//! Change organization: the client belongs elsewhere.

use std::collections::BTreeSet;

use super::{must_be_another_human, organization_must_fit};
use crate::access::known::AccessNeeds;
use crate::kernel::{Context, Needs, PersonId, UnitId};
use crate::person::event::{OrganizationChanged, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::PersonKind;

/// P4, P15. A client may belong to another customer organisation, or to none. The same one again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeOrganization {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// Which; none: to no organisation.
    pub organization: Option<UnitId>,
}

impl ChangeOrganization {
    pub(in crate::person) fn needs(&self) -> Needs {
        let units = BTreeSet::from_iter(self.organization);
        Needs { units, access: AccessNeeds::rules(), ..Needs::default() }
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        if body.organization == self.organization {
            return Ok(vec![]);
        }
        if body.kind != PersonKind::Client {
            return Err(PersonRefusal::OrganizationUnfit);
        }
        if let Some(unit) = self.organization {
            organization_must_fit(unit, cx)?;
        }
        must_be_another_human(self.person, cx)?;
        let organization = self.organization;
        Ok(vec![PersonEvent::OrganizationChanged(OrganizationChanged { organization })])
    }
}
