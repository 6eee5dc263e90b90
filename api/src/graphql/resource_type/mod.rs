//! Types of resources: what other systems have and Annals decides about.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::ResourceTypeMutation;
pub(super) use query::ResourceTypeQuery;
pub(super) use types::ResourceType;
