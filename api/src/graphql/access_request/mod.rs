//! Access requests: what somebody asks for, who decides, and what came of it.

mod filter;
mod input;
mod mutation;
mod query;
mod stages;
mod types;
mod words;

pub(super) use mutation::AccessRequestMutation;
pub(super) use query::AccessRequestQuery;
pub(super) use types::AccessRequest;
