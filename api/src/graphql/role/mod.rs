//! Roles: permissions under one name, who inherits from whom, and what each permits in the end.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::RoleMutation;
pub(super) use query::RoleQuery;
pub(super) use types::{AccessRole, RolePermission};
