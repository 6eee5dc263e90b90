//! The roles an installation begins with: data, in `roles.toml` beside this; and the rules of duties
//! between them.
//!
//! At each start, whatever of them is missing by name is defined by the system, as anybody else
//! would define it; what is there is left alone, however it was redefined. Not here: that start, nor
//! the rules of roles.

mod duties;
mod named;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use chrono::DateTime;
use uuid::Uuid;

use super::decide::{Held, Holdings, RuleSet, Rules, World};
use super::model::{
    AccessSubject, Grant, GrantSource, GrantState, Granted, Registry, RoleDefinition, Roles, Scope,
    ScopeTree,
};
use crate::kernel::{GrantId, PersonId, RoleId};
use crate::person::Role;

pub use duties::missing_duties;

/// Under which the identities of the standard roles are drawn from their keys.
const ROLES: Uuid = Uuid::from_u128(0x2d0c_7a41_5e3b_4c8f_8b1e_6f90_a3d7_14c2);

static STANDARD: LazyLock<Vec<StandardRole>> = LazyLock::new(|| {
    named::read(include_str!("roles.toml"))
        .expect("the file is part of the program, and a test reads it")
});

/// A role that is shipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardRole {
    /// What it is called for ever, whatever its name becomes: `unit_head`.
    pub key: String,
    /// As it is defined at first.
    pub definition: RoleDefinition,
    /// Which role of people it stands for.
    pub person_role: Option<Role>,
    /// Whether barriers do not stop a grant of it.
    pub pierces: bool,
}

/// The standard roles, juniors first.
pub fn standard_roles() -> &'static [StandardRole] {
    &STANDARD
}

/// The standard role that this role of people is.
pub fn standard_role_of(role: Role) -> &'static StandardRole {
    let stands_for = |standard: &&StandardRole| standard.person_role == Some(role);
    standard_roles().iter().find(stands_for).expect("each has one, which a test proves")
}

/// The stream of a standard role: the same in every installation, so that two servers that start at
/// once mean the same.
pub fn standard_id(key: &str) -> RoleId {
    RoleId(Uuid::new_v5(&ROLES, key.as_bytes()))
}

/// What somebody may do who has this role and nothing else, under no rules but the standard roles.
pub fn holder(standard: &StandardRole, person: PersonId, scope: Scope) -> World {
    static RULES: LazyLock<Arc<Rules>> = LazyLock::new(|| Arc::new(rules()));
    let mut holdings = Holdings::none(AccessSubject::Person(person));
    holdings.grants = vec![Held { grant: granted(standard, scope), through: None }];
    World::of(holdings, Arc::clone(&RULES))
}

/// The standard roles, and no other rule.
fn rules() -> Rules {
    let registry = Registry::ours();
    let definitions = standard_roles().iter().map(|standard| standard.definition.clone());
    let roles = Roles::of(definitions, &registry)
        .expect("the standard roles can be together, which a test proves");
    Rules::of(RuleSet {
        roles,
        registry,
        tree: ScopeTree::default(),
        denies: Vec::new(),
        sod: Vec::new(),
        boundaries: BTreeMap::new(),
        revision: 0,
    })
}

fn granted(standard: &StandardRole, scope: Scope) -> Grant {
    Grant {
        id: GrantId(standard.definition.id.0),
        what: Granted::Role(standard.definition.id),
        scope,
        from: DateTime::UNIX_EPOCH,
        until: None,
        source: GrantSource::Birthright,
        request: None,
        delegated_by: None,
        pierces: standard.pierces,
        state: GrantState::Active,
    }
}

/// The role that is the standard one among these: of its name, else of its identity.
pub fn among(standard: &StandardRole, roles: &Roles) -> Option<RoleId> {
    let name = standard.definition.name.to_lowercase();
    let called = roles.definitions().find(|role| role.name.to_lowercase() == name);
    called.or_else(|| roles.definition(standard.definition.id)).map(|role| role.id)
}

/// What has to be defined, in this order, so that no standard role is missing among these. One that
/// was given another name is not; one that somebody else gave the name to is that one's.
pub fn missing(among: &Roles) -> Vec<RoleDefinition> {
    let known = |standard: &StandardRole| self::among(standard, among);
    let there = |id: &RoleId| {
        let standard = standard_roles().iter().find(|standard| standard.definition.id == *id);
        standard.and_then(known).unwrap_or(*id)
    };
    let wanted = standard_roles().iter().filter(|standard| known(standard).is_none());
    let defined = wanted.map(|standard| {
        let mut definition = standard.definition.clone();
        definition.juniors = definition.juniors.iter().map(there).collect::<BTreeSet<_>>();
        definition
    });
    defined.collect()
}
