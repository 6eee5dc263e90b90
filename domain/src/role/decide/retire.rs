//! Retire: the role permits nothing any more.

use super::must_not_hold;
use crate::access::doer::Doer;
use crate::access::standard::standard_roles;
use crate::kernel::Context;
use crate::role::event::{Retired, RoleEvent};
use crate::role::refusal::RoleRefusal;
use crate::role::state::Role;

/// RO4, RO7. It is over for everybody who has it, and its name is free. Retiring twice changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::role) fn decide(
        self,
        role: &Role,
        cx: &Context,
    ) -> Result<Vec<RoleEvent>, RoleRefusal> {
        let body = role.body()?;
        if body.retired {
            return Ok(vec![]);
        }
        let (id, doer) = (body.definition.id, Doer::of(cx));
        must_not_hold(id, &doer)?;
        if standard_roles().iter().any(|standard| standard.definition.id == id) {
            return Err(RoleRefusal::Shipped);
        }
        let mut live = doer.rules.roles.definitions().filter(|role| doer.rules.is_live(role.id));
        if let Some(senior) = live.find(|senior| senior.juniors.contains(&id)) {
            return Err(RoleRefusal::StillInherited { by: senior.id });
        }
        Ok(vec![RoleEvent::Retired(Retired {})])
    }
}
