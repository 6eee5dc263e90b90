//! Baselines: names for moments of the log, and what differs between two moments.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::BaselineMutation;
pub(super) use query::BaselineQuery;
pub(super) use types::Baseline;
