//! RO1, RO2: how a definition must be by itself.

use crate::access::fit::{self, HOURS_MAX};
use crate::access::known::Rulebook;
use crate::access::model::RoleDefinition;
use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};
use crate::person::PersonKind;
use crate::role::refusal::RoleRefusal;

/// Entries of a role of its own.
pub(super) const ENTRIES_MAX: usize = 500;
/// Roles that a role inherits from.
pub(super) const JUNIORS_MAX: usize = 64;

/// The definition as it is stored.
pub(super) fn fit(
    definition: RoleDefinition,
    rules: &Rulebook,
    cx: &Context,
) -> Result<RoleDefinition, RoleRefusal> {
    let name = text::line(&definition.name, NAME_MAX).map_err(RoleRefusal::NameUnfit)?;
    must_own(&definition, cx)?;
    if definition.entries.len() > ENTRIES_MAX {
        return Err(RoleRefusal::TooManyEntries);
    }
    for (number, entry) in definition.entries.iter().enumerate() {
        fit::entry(entry, &rules.registry)
            .map_err(|fault| RoleRefusal::EntryUnfit { entry: number, fault })?;
    }
    if definition.juniors.len() > JUNIORS_MAX {
        return Err(RoleRefusal::TooManyJuniors);
    }
    if !definition.mask.is_empty() {
        fit::patterns(&definition.mask, &rules.registry).map_err(RoleRefusal::MaskUnfit)?;
    }
    if definition.max_hours.is_some_and(|hours| !(1..=HOURS_MAX).contains(&hours)) {
        return Err(RoleRefusal::HoursUnfit);
    }
    Ok(RoleDefinition { name, ..definition })
}

fn must_own(definition: &RoleDefinition, cx: &Context) -> Result<(), RoleRefusal> {
    let fits = definition.owner.is_none_or(|owner| {
        let facts = cx.facts.people.get(&owner);
        facts.is_some_and(|facts| facts.active && facts.kind == PersonKind::Staff)
    });
    if fits { Ok(()) } else { Err(RoleRefusal::OwnerUnfit) }
}
