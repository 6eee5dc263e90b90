//! The log of decisions on rights: what was denied, and what much depends on.

mod query;
mod types;

pub(super) use query::DecisionQuery;
pub(super) use types::LoggedDecision;
