//! Change organization: the client belongs elsewhere.

use std::collections::BTreeSet;

use super::organization_must_fit;
use crate::kernel::{Context, Needs, UnitId};
use crate::person::event::{OrganizationChanged, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::PersonKind;

/// P4. A client may belong to another customer organisation, or to none. The same one again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeOrganization {
    /// Which; none: to no organisation.
    pub organization: Option<UnitId>,
}

impl ChangeOrganization {
    pub(in crate::person) fn needs(&self) -> Needs {
        Needs { units: BTreeSet::from_iter(self.organization), ..Needs::default() }
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
        let organization = self.organization;
        Ok(vec![PersonEvent::OrganizationChanged(OrganizationChanged { organization })])
    }
}
