//! RO6: no role breaks a rule of segregation of duties all by itself.

use crate::access::AccessFacts;
use crate::access::model::{Counted, Registry, Roles, SodAction, SodKind, SodRule};
use crate::kernel::{Context, RoleId};
use crate::role::refusal::RoleRefusal;

/// Nothing is said of what was so before: whoever made the rule knew.
pub(super) fn must_be_parted(
    role: RoleId,
    (roles, known): (&Roles, &AccessFacts),
    cx: &Context,
) -> Result<(), RoleRefusal> {
    let all = roles.definitions().map(|definition| definition.id);
    let touched = all.filter(|id| roles.closure(*id).is_some_and(|below| below.contains(&role)));
    for id in touched {
        let newly = |rule: &&SodRule| {
            rule.action != SodAction::Record
                && breaks(id, roles, &known.registry, rule)
                && !breaks(id, &known.roles, &known.registry, rule)
        };
        if let Some(rule) = known.sod.iter().find(newly) {
            let holders = cx.facts.holders.get(&id).cloned().unwrap_or_default();
            return Err(RoleRefusal::BreaksSod { rule: rule.id, role: id, holders });
        }
    }
    Ok(())
}

fn breaks(role: RoleId, roles: &Roles, registry: &Registry, rule: &SodRule) -> bool {
    let SodKind::Static { set, n } = &rule.kind else { return false };
    let has = |counted: &&Counted| match counted {
        Counted::Role(id) => roles.closure(role).is_some_and(|all| all.contains(id)),
        Counted::Actions(pattern) => {
            registry.matching(pattern).any(|action| roles.permits(role, action))
        }
    };
    set.iter().filter(has).count() >= usize::from(*n)
}
