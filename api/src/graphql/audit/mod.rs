//! What shows that the history is the one that was recorded: what was signed of it, and proofs of
//! single events. Whoever asks is kept in the log of decisions.

mod query;
mod types;

pub(super) use query::AuditQuery;
pub(super) use types::Checkpoint;
