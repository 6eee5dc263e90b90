//! Choose governance: others watch over access.

use super::{Decided, must_be_active, must_be_there};
use crate::access::known::AccessNeeds;
use crate::access_policy::event::{AccessPolicyEvent, GovernanceChosen};
use crate::access_policy::state::AccessPolicy;
use crate::kernel::{AccessGroupId, Context, Needs, PersonId};

/// AP1, AP4. These watch over access from now on. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChooseGovernance {
    /// Who is asked for exceptions, and when nobody else is there; none: nobody is.
    pub governance: Option<AccessGroupId>,
    /// Who answers for roles that are nobody's; none: governance is asked.
    pub owner: Option<PersonId>,
}

impl ChooseGovernance {
    pub(in crate::access_policy) fn needs(&self) -> Needs {
        let groups = self.governance.into_iter().collect();
        Needs {
            people: self.owner.into_iter().collect(),
            access: AccessNeeds { groups, ..AccessNeeds::default() },
            ..Needs::default()
        }
    }

    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, cx: &Context) -> Decided {
        let Self { governance, owner } = self;
        if (governance, owner) == (policy.governance, policy.owner) {
            return Ok(vec![]);
        }
        governance.map_or(Ok(()), |group| must_be_there(group, cx))?;
        owner.map_or(Ok(()), |person| must_be_active(person, cx))?;
        Ok(vec![AccessPolicyEvent::GovernanceChosen(GovernanceChosen { governance, owner })])
    }
}
