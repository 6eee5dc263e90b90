//! Rules that deny: what somebody may not do, whatever they were granted.

mod input;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::DenyRuleMutation;
pub(super) use query::DenyRuleQuery;
pub(super) use types::DenyRule;
