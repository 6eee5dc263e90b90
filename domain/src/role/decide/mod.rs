//! One verb a file; what a definition may add stands here, how it must be in `bounds`.

pub mod define;
pub mod redefine;
pub mod retire;

use std::collections::BTreeSet;

use super::refusal::RoleRefusal;
use crate::access::Permission;
use crate::access::doer::Doer;
use crate::access::giving::covers;
use crate::access::known::Rulebook;
use crate::access::model::{RoleDefinition, Roles, RolesFault};
use crate::kernel::RoleId;

/// RO3: all roles, with this one as it is to be. What others inherit from one that is gone is
/// nothing.
fn together(definition: &RoleDefinition, rules: &Rulebook) -> Result<Roles, RoleRefusal> {
    let live = rules.roles.definitions().filter(|role| rules.is_live(role.id));
    let mut all: Vec<_> = live.filter(|role| role.id != definition.id).cloned().collect();
    let there: BTreeSet<RoleId> = all.iter().map(|role| role.id).chain([definition.id]).collect();
    all.iter_mut().for_each(|role| role.juniors.retain(|junior| there.contains(junior)));
    all.push(definition.clone());
    Roles::of(all, &rules.registry).map_err(|fault| match fault {
        RolesFault::Twice(role) | RolesFault::Cycle(role) => RoleRefusal::Circular { role },
        RolesFault::UnknownJunior { junior, .. } => RoleRefusal::JuniorUnknown { junior },
        RolesFault::TooDeep(role) => RoleRefusal::TooDeep { role },
    })
}

/// RO4
fn must_not_hold(role: RoleId, doer: &Doer<'_>) -> Result<(), RoleRefusal> {
    let bound = doer.holds_role(role) && !doer.is_annals();
    if bound { Err(RoleRefusal::HeldByActor) } else { Ok(()) }
}

/// RO5: what the role permits in the end is what it did before, or what they hold. Nobody holds at first
/// what another system has: whoever may say that there is such a thing may put it into a role.
fn must_hold_added(role: RoleId, roles: &Roles, doer: &Doer<'_>) -> Result<(), RoleRefusal> {
    let (Some(after), false) = (roles.index(role), doer.is_annals()) else { return Ok(()) };
    let known = &doer.rules.roles;
    let before = known.index(role).filter(|_| doer.rules.is_live(role));
    let registry = &doer.rules.registry;
    let theirs = registry.find(&Permission::ResourceTypeDefine.into());
    let brings_in = theirs.is_some_and(|action| !doer.givable(action).is_empty());
    for (action, info) in registry.actions() {
        if brings_in && info.name.system().is_some() {
            continue;
        }
        let mut held = doer.givable(action);
        held.extend(before.into_iter().flat_map(|index| known.effective(index, action)));
        let mut wanted = roles.effective(after, action);
        if wanted.any(|wanted| !covers(&held, &info.name, wanted)) {
            return Err(RoleRefusal::PermissionNotHeld { action: info.name.clone() });
        }
    }
    Ok(())
}
