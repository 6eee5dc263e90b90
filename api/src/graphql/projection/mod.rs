//! How far the read models are, what they could not apply, and what is decided about it.

mod input;
mod letter;
mod mutation;
mod query;
mod types;

pub(super) use letter::DeadLetter;
pub(super) use mutation::ProjectionMutation;
pub(super) use query::ProjectionQuery;
