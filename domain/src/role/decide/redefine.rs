//! Redefine: the role is another one, for everybody who has it.

use super::{bounds, duties, known, must_hold_added, must_not_hold, together};
use crate::access::model::RoleDefinition;
use crate::kernel::Context;
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
        let known = known(cx);
        must_not_hold(body.definition.id, &known, cx)?;
        let wanted = RoleDefinition { id: body.definition.id, ..self.definition };
        let wanted = bounds::fit(wanted, &known, cx)?;
        if wanted == body.definition {
            return Ok(vec![]);
        }
        let roles = together(&wanted, &known)?;
        must_hold_added(wanted.id, (&roles, &known), cx)?;
        duties::must_be_parted(wanted.id, (&roles, &known), cx)?;
        Ok(vec![RoleEvent::Redefined(Box::new(wanted))])
    }
}
