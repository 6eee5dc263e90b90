//! RO6: no role breaks a rule of segregation of duties all by itself.

use crate::access::known::Rulebook;
use crate::access::model::{Granted, Roles, SodAction, SodRule};
use crate::access::sod::Separation;
use crate::kernel::{Context, RoleId};
use crate::role::refusal::RoleRefusal;

/// Nothing is said of what was so before: whoever made the rule knew.
pub(super) fn must_be_parted(
    role: RoleId,
    (roles, rules): (&Roles, &Rulebook),
    cx: &Context,
) -> Result<(), RoleRefusal> {
    let stops = |rule: &&SodRule| rule.action != SodAction::Record;
    let separation =
        |roles| Separation::of(rules.duties.values().filter(stops), roles, &rules.registry);
    let (before, after) = (separation(&rules.roles), separation(roles));
    let all = roles.definitions().map(|definition| definition.id);
    let touched = all.filter(|id| roles.closure(*id).is_some_and(|below| below.contains(&role)));
    for id in touched {
        let known = before.inherent(&Granted::Role(id));
        let broken = after.inherent(&Granted::Role(id));
        if let Some(rule) = broken.into_iter().find(|rule| !known.contains(rule)) {
            let holders = cx.facts.access.holders.get(&id).cloned().unwrap_or_default();
            return Err(RoleRefusal::BreaksSod { rule, role: id, holders });
        }
    }
    Ok(())
}
