//! Redefine: the role is another one, for everybody who has it.

use super::{must_hold_added, must_not_hold, together};
use crate::access::doer::Doer;
use crate::access::model::RoleDefinition;
use crate::kernel::Context;
use crate::role::bounds;
use crate::role::duties;
use crate::role::event::RoleEvent;
use crate::role::refusal::RoleRefusal;
use crate::role::state::Role;

/// RO1 to RO6. The role is said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What it is to be; its identity stays.
    pub definition: RoleDefinition,
}

impl Redefine {
    pub(in crate::role) fn decide(
        self,
        role: &Role,
        cx: &Context,
    ) -> Result<Vec<RoleEvent>, RoleRefusal> {
        let body = role.body()?;
        if body.retired {
            return Err(RoleRefusal::Retired);
        }
        let doer = Doer::of(cx);
        must_not_hold(body.definition.id, &doer)?;
        let wanted = RoleDefinition { id: body.definition.id, ..self.definition };
        let wanted = bounds::fit(wanted, &doer.rules, cx)?;
        if wanted == body.definition {
            return Ok(vec![]);
        }
        let roles = together(&wanted, &doer.rules)?;
        must_hold_added(wanted.id, &roles, &doer)?;
        duties::must_be_parted(wanted.id, (&roles, &doer.rules), cx)?;
        Ok(vec![RoleEvent::Redefined(Box::new(wanted))])
    }
}
