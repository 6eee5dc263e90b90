//! `people`: one row a person, for lists and names.
//!
//! Not what rights depend on: that is `directory`. Read by the API.

mod apply;
mod columns;
mod filter;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::People;
pub use filter::PersonFilter;
pub use read::{by_ids, count, job_positions, page};
pub use row::PersonRow;
