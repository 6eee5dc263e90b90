//! The policy of access: who decides requests, how much of a reason is asked for, what no subject of a
//! sort goes beyond.

mod input;
mod mutation;
mod query;
mod rules;
mod types;
mod words;

pub(super) use mutation::AccessPolicyMutation;
pub(super) use query::AccessPolicyQuery;
