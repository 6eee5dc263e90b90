//! 7: who could change what others may do, and what was taken in an emergency. How it was used is
//! told by the events themselves and by the decision log, which is no part of the journal.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::model::{GrantSource, Registry, RiskTier, RoleDefinition, Roles};
use domain::kernel::RoleId;

use super::super::document::{Item, Section, Tally};
use super::super::known::{ChangeKind, Known, KnownGrant};
use super::View;
use super::grants::line;

pub(super) fn section(view: &View<'_>) -> Section {
    let (known, period, (position, at)) = (view.known, view.period(), view.end());
    let powers = Powers::of(known, period);
    let privileged = powers.roles_at(position);
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
    let held = |grant: &KnownGrant| grant.holds(position, at) && powers.has(grant, position);
    let emergency = |grant: &KnownGrant| grant.source == GrantSource::BreakGlass;
    let mut section = Section::new(7, "Privileged access");
    section.count("privileged_roles", roles);
    section.count("held_at_end", grants(&held));
    let endless =
        |grant: &KnownGrant| held(grant) && grant.until.at(position).is_some_and(Option::is_none);
    section.count("held_at_end_without_end", grants(&endless));
    // As the role was then: no later definition hides what was given under it.
    let made = |it: &KnownGrant| it.made.is_in(period) && powers.has(it, it.made.position);
    section.count("made", grants(&made));
    section.count("taken_in_emergency", grants(&|it| emergency(it) && it.made.is_in(period)));
    let open = |it: &KnownGrant| emergency(it) && it.holds(position, at);
    section.count("taken_in_emergency_and_held_at_end", grants(&open));
    section
}

/// What is privileged: roles, by when, and actions.
struct Powers {
    registry: Registry,
    /// Since each change of a role.
    roles: BTreeMap<i64, BTreeSet<RoleId>>,
}

impl Powers {
    /// From the beginning of the period to its end.
    fn of(known: &Known, period: (i64, i64)) -> Self {
        let changes = known.changes.iter().filter(|it| it.kind == ChangeKind::Role);
        let changes =
            changes.map(|it| it.mark.position).filter(|it| (period.0 + 1..=period.1).contains(it));
        let since = changes.chain([period.0]);
        let roles = since.map(|position| (position, privileged(known, position))).collect();
        Self { registry: Registry::ours(), roles }
    }

    /// Those that were privileged behind this position of the period.
    fn roles_at(&self, position: i64) -> &BTreeSet<RoleId> {
        let (_, roles) =
            self.roles.range(..=position).next_back().expect("the period begins there");
        roles
    }

    /// Whether the grant gave something privileged: such a role, or an action of high risk.
    fn has(&self, grant: &KnownGrant, position: i64) -> bool {
        let mut actions = grant.actions.iter().flat_map(|pattern| self.registry.matching(pattern));
        grant.role.is_some_and(|role| self.roles_at(position).contains(&role))
            || actions.any(|action| self.registry.info(action).high_risk)
    }
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
