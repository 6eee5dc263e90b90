//! Define: there is another role.

use super::{must_hold_added, together};
use crate::access::doer::Doer;
use crate::access::model::RoleDefinition;
use crate::kernel::Context;
use crate::role::bounds;
use crate::role::duties;
use crate::role::event::RoleEvent;
use crate::role::refusal::RoleRefusal;
use crate::role::state::Role;

/// RO1, RO2, RO3, RO5, RO6. A role is defined once, as a whole; nobody has it yet.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// What it is to be; its identity is that of the stream.
    pub definition: RoleDefinition,
}

impl Define {
    pub(in crate::role) fn decide(
        self,
        role: &Role,
        cx: &Context,
    ) -> Result<Vec<RoleEvent>, RoleRefusal> {
        if role.0.is_some() {
            return Err(RoleRefusal::Exists);
        }
        let doer = Doer::of(cx);
        let wanted = bounds::fit(self.definition, &doer.rules, cx)?;
        let roles = together(&wanted, &doer.rules)?;
        must_hold_added(wanted.id, &roles, &doer)?;
        duties::must_be_parted(wanted.id, (&roles, &doer.rules), cx)?;
        Ok(vec![RoleEvent::Defined(Box::new(wanted))])
    }
}
