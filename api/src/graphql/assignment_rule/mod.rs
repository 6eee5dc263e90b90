//! Rules that grant by themselves: whoever is of a population has these roles.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::AssignmentRuleMutation;
pub(super) use query::AssignmentRuleQuery;
pub(super) use types::AssignmentRule;
