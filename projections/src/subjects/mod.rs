//! `subjects`: one row a subject, with how its tickets start.
//!
//! Whether one exists decisions ask of `directory`. Read by the API.

mod apply;
mod filter;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Subjects;
pub use filter::SubjectFilter;
pub use read::{by_ids, count, page};
pub use row::SubjectRow;
