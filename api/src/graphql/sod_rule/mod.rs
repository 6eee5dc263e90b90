//! Rules of segregation of duties: what one human must not have, or do, together.

mod input;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::SodRuleMutation;
pub(super) use query::SodRuleQuery;
pub(super) use types::SodRule;
