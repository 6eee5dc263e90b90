//! How far journal and read models are, what these could not apply, and what is decided about it.

mod input;
mod journal;
mod letter;
mod mutation;
mod query;
mod types;

pub(super) use letter::DeadLetter;
pub(super) use mutation::ProjectionMutation;
pub(super) use query::ProjectionQuery;
pub(super) use types::is_projection;
