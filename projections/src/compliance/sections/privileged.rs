//! 7: who could change what others may do, and what was taken in an emergency. How it was used is
//! told by the events themselves and by the decision log, which is no part of the journal.

use std::collections::BTreeSet;

use domain::access::model::{GrantSource, Registry, RiskTier, RoleDefinition, Roles};
use domain::kernel::RoleId;

use super::super::document::{Item, Section, Tally};
use super::super::known::{Known, KnownGrant};
use super::View;
use super::grants::line;

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period, (position, at)) = (view.known, view.period(), view.end());
    let privileged = privileged(known, position);
    let roles = known.roles_at(position).filter(|(_, role)| privileged.contains(&role.id));
    let roles: Tally = roles
        .map(|(since, role)| {
            Item::of([since])
                .with("role", role.id)
                .with("name", &role.name)
                .maybe("owner", role.owner)
        })
        .collect();
    let grants = |is: &dyn Fn(&KnownGrant) -> bool| -> Tally {
        let found = known.grants.iter().filter(|(_, grant)| is(grant));
        found.map(|(id, grant)| line(*id, grant, &grant.made)).collect()
    };
    let is_privileged =
        |grant: &KnownGrant| grant.role.is_some_and(|role| privileged.contains(&role));
    let held = |grant: &KnownGrant| is_privileged(grant) && grant.holds(position, at);
    let emergency = |grant: &KnownGrant| grant.source == GrantSource::BreakGlass;
    let mut section = Section::new(7, "Privileged access");
    section.count("privileged_roles", roles);
    section.count("held_at_end", grants(&held));
    let endless =
        |grant: &KnownGrant| held(grant) && grant.until.at(position).is_some_and(Option::is_none);
    section.count("held_at_end_without_end", grants(&endless));
    section.count("made", grants(&|it| is_privileged(it) && it.made.is_in(period)));
    section.count("taken_in_emergency", grants(&|it| emergency(it) && it.made.is_in(period)));
    let open = |it: &KnownGrant| emergency(it) && it.holds(position, at);
    section.count("taken_in_emergency_and_held_at_end", grants(&open));
    section
}

/// Roles that are privileged, or have a privileged one below them.
fn privileged(known: &Known, position: i64) -> BTreeSet<RoleId> {
    let definitions: Vec<&RoleDefinition> =
        known.roles_at(position).map(|(_, role)| role).collect();
    let own: BTreeSet<RoleId> = definitions
        .iter()
        .filter(|role| role.risk == RiskTier::Privileged)
        .map(|role| role.id)
        .collect();
    let Ok(roles) = Roles::of(definitions.iter().copied().cloned(), &Registry::ours()) else {
        return own;
    };
    let above = definitions
        .iter()
        .map(|role| role.id)
        .filter(|role| roles.closure(*role).is_some_and(|below| !below.is_disjoint(&own)));
    above.collect()
}
