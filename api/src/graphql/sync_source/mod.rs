//! Sources that send items: whose word counts, what they may say, what becomes of what they send.

mod input;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::SyncSourceMutation;
pub(super) use query::SyncSourceQuery;
pub(super) use types::SyncSource;
