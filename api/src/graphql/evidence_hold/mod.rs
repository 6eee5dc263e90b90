//! Holds on evidence: what an investigation needs is not erased while they stand.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::EvidenceHoldMutation;
pub(super) use query::EvidenceHoldQuery;
pub(super) use types::EvidenceHold;
