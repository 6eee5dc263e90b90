//! How far the read models are.

mod query;
mod types;

pub(super) use query::ProjectionQuery;
