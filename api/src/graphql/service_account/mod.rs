//! Service accounts: programs that may do a few things, who answers for them, what they speak with.

mod input;
mod issue;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::ServiceAccountMutation;
pub(super) use query::ServiceAccountQuery;
pub(super) use types::ServiceAccount;
