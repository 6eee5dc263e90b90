//! The roles an installation begins with: data, in `roles.toml` beside this.
//!
//! At each start, whatever of them is missing by name is defined by the system, as anybody else
//! would define it; what is there is left alone, however it was redefined. Not here: that start, nor
//! the rules of roles.

mod named;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use uuid::Uuid;

use super::model::{RoleDefinition, Roles};
use crate::kernel::RoleId;
use crate::person::Role;

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

/// What has to be defined, in this order, so that no standard role is missing among these. One that
/// was given another name is not; one that somebody else gave the name to is that one's.
pub fn missing(among: &Roles) -> Vec<RoleDefinition> {
    let known = |standard: &StandardRole| {
        let name = standard.definition.name.to_lowercase();
        let called = among.definitions().find(|role| role.name.to_lowercase() == name);
        called.or_else(|| among.definition(standard.definition.id)).map(|role| role.id)
    };
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
