//! What holds for everybody: read whole, worked out once.
//!
//! Each rule was good when it was made. Two that were made at the same time may not be good together,
//! and a role may be retired while another comes to inherit from it: the reader leaves out what does
//! not fit, which never gives anybody more.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::access::decide::{RuleSet, Rules};
use domain::access::known::Rulebook;
use domain::access::model::{
    AccessSubject, ActionInfo, Ceiling, ClassSet, Deny, Human, Registry, RoleDefinition, Roles,
    RolesFault, ScopePath, ScopeTree, SodRule, SubjectKind,
};
use domain::access::population::Population;
use domain::access::sod::Separation;
use domain::access_policy::AccessPolicy;
use domain::deny_rule;
use domain::kernel::{
    AccessGroupId, DenyRuleId, PersonId, RoleId, ServiceAccountId, SodRuleId, UnitId,
};
use domain::resource_type;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::groups::{Group, Groups};
use super::held::accounts;
use super::humans::Humans;
use super::said::BOUNDARY;
use crate::directory::read::parsed;
use crate::error::ReadError;

/// What holds for everybody, as of a revision.
#[derive(Debug)]
pub(in crate::directory) struct Settled {
    pub(in crate::directory) revision: i64,
    /// As decisions take it.
    pub(in crate::directory) rules: Arc<Rules>,
    /// As those take it who change it.
    pub(in crate::directory) book: Arc<Rulebook>,
    /// The static rules of duties among these.
    pub(in crate::directory) separation: Separation,
    pub(in crate::directory) policy: Arc<AccessPolicy>,
    pub(in crate::directory) groups: Groups,
    /// Programs that are not over.
    pub(in crate::directory) services: BTreeMap<ServiceAccountId, PersonId>,
    /// Whose second accounts and programs there are.
    pub(in crate::directory) humans: Humans,
}

/// What a row can be of.
#[derive(Default)]
pub(in crate::directory) struct Read {
    revision: i64,
    roles: BTreeMap<RoleId, Kept<RoleDefinition>>,
    duties: BTreeMap<SodRuleId, SodRule>,
    denies: BTreeMap<DenyRuleId, Deny>,
    types: Vec<resource_type::event::Defined>,
    policy: Value,
    groups: BTreeMap<AccessGroupId, GroupState>,
    members: Vec<(AccessGroupId, AccessSubject)>,
    holdings: Vec<(Uuid, String, Value)>,
    services: BTreeMap<ServiceAccountId, PersonId>,
    links: BTreeMap<PersonId, Human>,
    places: BTreeMap<UnitId, UnitPlace>,
}

#[derive(Deserialize)]
struct Kept<T> {
    definition: T,
    retired: bool,
}

#[derive(Deserialize)]
struct GroupState {
    population: Option<Population>,
    retired: bool,
}

#[derive(Deserialize)]
struct TypeState {
    retired: bool,
    #[serde(flatten)]
    definition: resource_type::event::Defined,
}

#[derive(Deserialize)]
struct ServiceState {
    owner: PersonId,
    retired: bool,
}

#[derive(Deserialize)]
struct AccountState {
    human: Option<Human>,
}

#[derive(Deserialize)]
struct Revision {
    revision: i64,
}

#[derive(Deserialize)]
struct UnitPlace {
    parent: Option<UnitId>,
    #[serde(default)]
    barrier: ClassSet,
}

/// All of it, in one statement.
pub(in crate::directory) async fn settled(pool: &PgPool) -> Result<Settled, ReadError> {
    let rows = sqlx::query(include_str!("../sql/settled.sql")).fetch_all(pool).await?;
    let mut read = Read::default();
    for row in &rows {
        let id: String = row.try_get("id")?;
        read.add(row.try_get("noun")?, &id, row.try_get("state")?)?;
    }
    read.settle()
}

impl Read {
    /// One more row.
    pub(in crate::directory) fn add(
        &mut self,
        noun: &str,
        id: &str,
        state: Value,
    ) -> Result<(), ReadError> {
        if noun == "revision" {
            let found: Revision = parsed(state)?;
            self.revision = found.revision;
            return Ok(());
        }
        let id = Uuid::try_parse(id).map_err(|_| ReadError::Row("directory_rules"))?;
        match noun {
            "role" => drop(self.roles.insert(RoleId(id), parsed(state)?)),
            "sod_rule" => {
                self.duties.extend(live::<SodRule>(state)?.map(|rule| (SodRuleId(id), rule)));
            }
            "deny_rule" => {
                let live = live::<deny_rule::event::Definition>(state)?;
                self.denies.extend(live.map(|it| (DenyRuleId(id), it.deny(DenyRuleId(id)))));
            }
            "resource_type" => {
                let found: TypeState = parsed(state)?;
                self.types.extend((!found.retired).then_some(found.definition));
            }
            "policy" => self.policy = state,
            "group" => drop(self.groups.insert(AccessGroupId(id), parsed(state)?)),
            "member" => self.members.push((AccessGroupId(id), parsed(state)?)),
            "holding" => {
                let holding = state.get("holding").and_then(Value::as_str).unwrap_or_default();
                self.holdings.push((id, holding.to_owned(), state));
            }
            "service" => {
                let found: ServiceState = parsed(state)?;
                let live = (!found.retired).then_some((ServiceAccountId(id), found.owner));
                self.services.extend(live);
            }
            "account" => {
                let found: AccountState = parsed(state)?;
                self.links.extend(found.human.map(|human| (PersonId(id), human)));
            }
            _ => {
                self.places.insert(UnitId(id), parsed(state)?);
            }
        }
        Ok(())
    }

    /// What follows from all of them.
    pub(in crate::directory) fn settle(self) -> Result<Settled, ReadError> {
        let registry = registry(&self.types);
        let retired: BTreeSet<RoleId> =
            self.roles.iter().filter(|(_, role)| role.retired).map(|(id, _)| *id).collect();
        let (over, live): (Vec<_>, Vec<_>) =
            self.roles.into_values().partition(|role| role.retired);
        let definitions = |roles: Vec<Kept<RoleDefinition>>| {
            roles.into_iter().map(|role| role.definition).collect::<Vec<_>>()
        };
        let (over, live) = (definitions(over), definitions(live));
        let known = roles(live.iter().chain(&over).cloned(), &registry);
        let (policy, tree) = (policy(self.policy)?, tree(&self.places));
        let rules = Rules::of(RuleSet {
            roles: roles(live, &registry),
            registry: registry.clone(),
            tree: tree.clone(),
            denies: self.denies.values().cloned().collect(),
            sod: self.duties.values().cloned().collect(),
            boundaries: policy.boundaries.clone(),
            revision: self.revision.unsigned_abs(),
        });
        let (duties, denies) = (self.duties, self.denies);
        let book = Rulebook { registry, roles: known, retired, duties, denies, tree };
        Ok(Settled {
            revision: self.revision,
            rules: Arc::new(rules),
            separation: Separation::of(book.duties.values(), &book.roles, &book.registry),
            book: Arc::new(book),
            policy: Arc::new(policy),
            groups: groups(self.groups, self.members, self.holdings)?,
            humans: Humans::of(&self.links, &self.services),
            services: self.services,
        })
    }
}

/// What is not retired.
fn live<T: DeserializeOwned>(state: Value) -> Result<Option<T>, ReadError> {
    let kept: Kept<T> = parsed(state)?;
    Ok((!kept.retired).then_some(kept.definition))
}

/// Ours, and of each type what nobody registered before.
fn registry(types: &[resource_type::event::Defined]) -> Registry {
    types.iter().fold(Registry::ours(), |known, one| {
        let actions: Vec<ActionInfo> = one.actions().collect();
        known.with(actions).unwrap_or(known)
    })
}

/// These together. A junior that is not among them gives nothing, nor does one in a circle.
fn roles(definitions: impl IntoIterator<Item = RoleDefinition>, registry: &Registry) -> Roles {
    let mut all: BTreeMap<RoleId, RoleDefinition> =
        definitions.into_iter().map(|role| (role.id, role)).collect();
    let there: BTreeSet<RoleId> = all.keys().copied().collect();
    all.values_mut().for_each(|role| role.juniors.retain(|junior| there.contains(junior)));
    loop {
        match Roles::of(all.values().cloned(), registry) {
            Ok(roles) => return roles,
            Err(
                RolesFault::Cycle(role)
                | RolesFault::TooDeep(role)
                | RolesFault::UnknownJunior { role, .. }
                | RolesFault::Twice(role),
            ) => {
                // One fewer with juniors each time: this ends.
                let cut = all.get_mut(&role).filter(|role| !role.juniors.is_empty());
                match cut {
                    Some(role) => role.juniors.clear(),
                    None => all.values_mut().for_each(|role| role.juniors.clear()),
                }
            }
        }
    }
}

/// What was set, over what is shipped.
fn policy(said: Value) -> Result<AccessPolicy, ReadError> {
    let mut policy = json!(AccessPolicy::default());
    let mut boundaries: BTreeMap<SubjectKind, Ceiling> = BTreeMap::new();
    if let (Value::Object(all), Value::Object(said)) = (&mut policy, said) {
        for (field, value) in said {
            match field.strip_prefix(BOUNDARY) {
                Some(kind) => {
                    let kind = kind.parse().map_err(|_| ReadError::Row("directory_rules"))?;
                    let drawn: Option<Ceiling> = parsed(value)?;
                    boundaries.extend(drawn.map(|ceiling| (kind, ceiling)));
                }
                None => drop(all.insert(field, value)),
            }
        }
    }
    Ok(AccessPolicy { boundaries, ..parsed(policy)? })
}

/// A unit lies in the one it stands in, behind its barrier if there is one.
fn tree(places: &BTreeMap<UnitId, UnitPlace>) -> ScopeTree {
    let way = |unit: UnitId| {
        let above = |unit: &UnitId| places.get(unit)?.parent;
        let mut way: Vec<UnitId> = std::iter::successors(Some(unit), above)
            .take(domain::access::model::SCOPE_DEPTH_MAX + 1)
            .collect();
        way.reverse();
        ScopePath::of_units(&way)
    };
    places.iter().filter_map(|(unit, place)| Some((way(*unit)?, place.barrier))).collect()
}

fn groups(
    states: BTreeMap<AccessGroupId, GroupState>,
    members: Vec<(AccessGroupId, AccessSubject)>,
    holdings: Vec<(Uuid, String, Value)>,
) -> Result<Groups, ReadError> {
    let mut accounts = accounts(holdings)?;
    let over = states.iter().filter(|(_, state)| state.retired).map(|(id, _)| *id).collect();
    let live = states.into_iter().filter(|(_, state)| !state.retired);
    let mut groups: BTreeMap<AccessGroupId, Group> = live
        .map(|(id, state)| {
            let held = accounts.remove(&id.0).map(|account| account.grants).unwrap_or_default();
            (id, Group { members: BTreeSet::new(), population: state.population, held })
        })
        .collect();
    for (id, member) in members {
        if let Some(group) = groups.get_mut(&id) {
            group.members.insert(member);
        }
    }
    // One that is over is nobody's member, and passes nothing on.
    let there: BTreeSet<AccessGroupId> = groups.keys().copied().collect();
    let stands = |member: &AccessSubject| match member {
        AccessSubject::Group(id) => there.contains(id),
        AccessSubject::Person(_) | AccessSubject::Service(_) => true,
    };
    groups.values_mut().for_each(|group| group.members.retain(stands));
    Ok(Groups::new(groups, over))
}
