//! How far journal and read models are.

mod journal;
mod query;
mod types;

pub(super) use query::ProjectionQuery;
