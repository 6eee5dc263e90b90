//! `recurrences`: one row a recurrence: what is opened when, whether it is stopped, and how far it is
//! seen to.
//!
//! Who defined it when stands in its timeline. Read by the API and the planner.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Recurrences;
pub use read::{by_ids, count, page, running};
pub use row::RecurrenceRow;
