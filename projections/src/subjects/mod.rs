//! `subjects`: one row a subject, for its name.
//!
//! Whether one exists decisions ask of `directory`. Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Subjects;
pub use read::by_ids;
pub use row::SubjectRow;
