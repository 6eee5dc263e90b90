//! What falls when an item fails, what it leans on, and what may be to blame.

mod ask;
mod query;
mod suspects;
mod types;
mod words;

pub(super) use query::ImpactQuery;
