//! Groups of those who have access: who was added, and who belongs by what they are.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::AccessGroupMutation;
pub(super) use query::AccessGroupQuery;
pub(super) use types::AccessGroup;
