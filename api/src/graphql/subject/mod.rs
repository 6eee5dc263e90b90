//! What tickets are about, and how they start.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::SubjectMutation;
pub(super) use query::SubjectQuery;
pub(super) use types::Subject;
