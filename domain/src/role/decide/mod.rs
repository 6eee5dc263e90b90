//! One verb a file; how a definition must be, and what it may add, stands here.

mod bounds;
pub mod define;
mod duties;
pub mod redefine;
pub mod retire;

use std::sync::Arc;

pub(super) use bounds::{ENTRIES_MAX, JUNIORS_MAX};

use super::refusal::RoleRefusal;
use crate::access::known::{AccessFacts, covers};
use crate::access::model::{RoleDefinition, Roles, RolesFault, Scope};
use crate::kernel::{Actor, Context, RoleId};

fn known(cx: &Context) -> Arc<AccessFacts> {
    cx.facts.access.clone().unwrap_or_default()
}

/// RO3: all roles, with this one as it is to be.
fn together(definition: &RoleDefinition, known: &AccessFacts) -> Result<Roles, RoleRefusal> {
    let others = known.roles.definitions().filter(|role| role.id != definition.id);
    let all = others.chain([definition]).cloned();
    Roles::of(all, &known.registry).map_err(|fault| match fault {
        RolesFault::Twice(role) | RolesFault::Cycle(role) => RoleRefusal::Circular { role },
        RolesFault::UnknownJunior { junior, .. } => RoleRefusal::JuniorUnknown { junior },
        RolesFault::TooDeep(role) => RoleRefusal::TooDeep { role },
    })
}

/// RO4
fn must_not_hold(role: RoleId, known: &AccessFacts, cx: &Context) -> Result<(), RoleRefusal> {
    if cx.actor != Actor::System && known.holds_role(role) {
        return Err(RoleRefusal::HeldByActor);
    }
    Ok(())
}

/// RO5: what the role permits in the end is what it did before, or what they hold.
fn must_hold_added(
    role: RoleId,
    (roles, known): (&Roles, &AccessFacts),
    cx: &Context,
) -> Result<(), RoleRefusal> {
    let (Some(after), false) = (roles.index(role), cx.actor == Actor::System) else {
        return Ok(());
    };
    let before = known.roles.index(role);
    for (action, info) in known.registry.actions() {
        let mut held = known.givable(action, &Scope::Everywhere);
        held.extend(before.into_iter().flat_map(|index| known.roles.effective(index, action)));
        let mut wanted = roles.effective(after, action);
        if wanted.any(|wanted| !covers(&held, &info.name, wanted)) {
            return Err(RoleRefusal::PermissionNotHeld { action: info.name.clone() });
        }
    }
    Ok(())
}
