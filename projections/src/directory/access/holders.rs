//! Who has a role, and who may give access: asked of everybody at once.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::giving::{given, is_own};
use domain::access::known::Holders;
use domain::access::model::{ActionClass, ActionId, ClassSet, Effective, Grant, Granted, Scope};
use domain::kernel::{AccessGroupId, GrantId, PersonId, RoleId, UnitId};
use sqlx::{PgPool, Row};

use super::settled::Settled;
use crate::directory::read::state;
use crate::error::ReadError;

/// On how many of those who may give access is leaned at once.
const KEEPERS_MAX: usize = 64;

/// Of these roles, and of those that inherit from them: who has each of them, inherited or not.
pub(super) async fn holders(
    pool: &PgPool,
    (settled, asked): (&Settled, &BTreeSet<RoleId>),
    now: DateTime<Utc>,
) -> Result<BTreeMap<RoleId, Holders>, ReadError> {
    let above: BTreeSet<RoleId> = asked.iter().flat_map(|role| above(settled, *role)).collect();
    let pairs = above.iter().flat_map(|role| self::above(settled, *role).map(|by| (*role, by)));
    let (roles, by): (Vec<_>, Vec<_>) = pairs.map(|(role, by)| (role.0, by.to_string())).unzip();
    let rows = sqlx::query(include_str!("../sql/holders.sql"))
        .bind(roles)
        .bind(by)
        .bind(now)
        .fetch_all(pool)
        .await?;
    let mut holders: BTreeMap<RoleId, Holders> =
        above.into_iter().map(|role| (role, Holders::default())).collect();
    for row in &rows {
        let (count, some): (i64, Vec<String>) = (row.try_get("holders")?, row.try_get("some")?);
        let some = some.iter().filter_map(|subject| subject.parse().ok()).collect();
        let role = RoleId(row.try_get("role_id")?);
        holders.insert(role, Holders { some, count: count.unsigned_abs() });
    }
    Ok(holders)
}

/// The role and every role that inherits from it.
pub(super) fn above(settled: &Settled, role: RoleId) -> impl Iterator<Item = RoleId> + '_ {
    let roles = &settled.book.roles;
    let inherits = move |above: &RoleId| {
        *above == role || roles.closure(*above).is_some_and(|below| below.contains(&role))
    };
    let all = roles.definitions().map(|definition| definition.id);
    all.chain([role]).collect::<BTreeSet<_>>().into_iter().filter(inherits)
}

/// Where somebody may give access.
#[derive(Debug, Clone, Copy)]
pub(super) enum Where {
    /// Everywhere.
    Everywhere,
    /// At this unit, if a barrier stood there.
    Behind(UnitId),
}

/// The grants by which an active person of themselves may give access there, for good; whose they are,
/// and how often what these have had been taken from. Of very many, some.
pub(super) async fn keepers(
    pool: &PgPool,
    (settled, place): (&Settled, Where),
    now: DateTime<Utc>,
) -> Result<BTreeMap<GrantId, (PersonId, i64)>, ReadError> {
    let Some(action) = settled.book.registry.find(&Permission::AccessGrant.into()) else {
        return Ok(BTreeMap::new());
    };
    let roles = settled.rules.roles().definitions().map(|role| role.id);
    let roles = roles.filter(|role| keeps(&Granted::Role(*role), action, settled));
    let rows = sqlx::query(include_str!("../sql/keepers.sql"))
        .bind(roles.map(|role| role.to_string()).collect::<Vec<_>>())
        .bind(matches!(place, Where::Behind(_)))
        .fetch_all(pool)
        .await?;
    let mut keepers = BTreeMap::new();
    for row in &rows {
        let grant: Grant = state(row)?;
        if is_keeper(&grant, action, (settled, place), now) {
            let person = PersonId(row.try_get("subject_id")?);
            keepers.insert(grant.id, (person, row.try_get("moved")?));
        }
    }
    // Whoever is not known of is not counted on either.
    Ok(keepers.into_iter().take(KEEPERS_MAX).collect())
}

/// The same of groups, whoever is in them.
pub(super) fn keeping_groups(
    settled: &Settled,
    place: Where,
    now: DateTime<Utc>,
) -> Vec<(AccessGroupId, GrantId)> {
    let Some(action) = settled.book.registry.find(&Permission::AccessGrant.into()) else {
        return Vec::new();
    };
    let all = settled.groups.all();
    let grants = all.flat_map(|(id, group)| group.held.iter().map(move |grant| (id, grant)));
    let keeping = grants.filter(|(_, grant)| is_keeper(grant, action, (settled, place), now));
    keeping.map(|(id, grant)| (id, grant.id)).collect()
}

fn is_keeper(
    grant: &Grant,
    action: ActionId,
    (settled, place): (&Settled, Where),
    now: DateTime<Utc>,
) -> bool {
    grant.is_live(now)
        && grant.until.is_none()
        && is_own(grant)
        && place.is_reached_by(grant, settled)
        && keeps(&grant.what, action, settled)
}

impl Where {
    fn is_reached_by(self, grant: &Grant, settled: &Settled) -> bool {
        let Self::Behind(unit) = self else { return grant.scope == Scope::Everywhere };
        let tree = &settled.book.tree;
        let place = tree.place_of(unit);
        let scope = tree.resolved(&grant.scope);
        let walled = tree.redrawn(&place, ClassSet::ALL);
        walled.covers(&scope, (&place, None), ActionClass::Operation, grant.pierces)
    }
}

/// Whether it permits the action on anything, whatever the circumstances.
fn keeps(what: &Granted, action: ActionId, settled: &Settled) -> bool {
    let live = match what {
        Granted::Role(role) => settled.book.is_live(*role),
        Granted::Entry(_) => true,
    };
    let always = |it: &Effective<'_>| it.entry.when.0.is_empty() && it.entry.condition.is_none();
    live && given(what, action, &settled.book).iter().any(always)
}
