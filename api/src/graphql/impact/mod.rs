//! What falls when an item fails, and what it leans on.

mod ask;
mod query;
mod types;
mod words;

pub(super) use query::ImpactQuery;
