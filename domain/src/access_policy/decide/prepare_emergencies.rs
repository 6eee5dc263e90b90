//! Prepare emergencies: some may take a role when nobody can be asked.

use std::collections::BTreeMap;

use super::{Decided, beyond, is_there, must_be_there};
use crate::access::known::AccessNeeds;
use crate::access_policy::event::{AccessPolicyEvent, EmergenciesPrepared};
use crate::access_policy::refusal::AccessPolicyRefusal as No;
use crate::access_policy::state::AccessPolicy;
use crate::kernel::{AccessGroupId, Context, Needs, RoleId};

/// Most roles that can be taken in an emergency.
pub(in crate::access_policy) const EMERGENCIES_MAX: usize = 20;

/// AP1, AP4, AP7. The people of these groups can take these roles in an emergency. The same again
/// changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct PrepareEmergencies {
    /// Which roles, and whose people.
    pub roles: BTreeMap<RoleId, AccessGroupId>,
}

impl PrepareEmergencies {
    pub(in crate::access_policy) fn needs(&self) -> Needs {
        let groups = self.roles.values().copied().collect();
        Needs {
            access: AccessNeeds { rules: true, groups, ..AccessNeeds::default() },
            ..Needs::default()
        }
    }

    pub(in crate::access_policy) fn decide(self, policy: &AccessPolicy, cx: &Context) -> Decided {
        if self.roles == policy.emergencies {
            return Ok(vec![]);
        }
        if self.roles.len() > EMERGENCIES_MAX {
            return Err(No::EmergenciesTooMany);
        }
        let new =
            |(role, group): &(&RoleId, &AccessGroupId)| policy.emergencies.get(role) != Some(group);
        for (role, group) in self.roles.iter().filter(new) {
            if !is_there(*role, cx) {
                return Err(No::EmergencyUnfit { role: *role });
            }
            must_be_there(*group, cx)?;
            if let Some(action) = beyond(*role, cx) {
                return Err(No::EmergencyNotHeld { role: *role, action });
            }
        }
        let roles = self.roles;
        Ok(vec![AccessPolicyEvent::EmergenciesPrepared(EmergenciesPrepared { roles })])
    }
}
