//! Anything with an id, by its id.

mod query;
mod types;

pub(super) use query::NodeQuery;
