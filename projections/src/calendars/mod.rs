//! `calendars`: one row a calendar, as it was last defined.
//!
//! Who defined it when stands in its timeline; whether there is one, decisions ask of `directory`.
//! Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Calendars;
pub use read::{by_ids, count, page};
pub use row::CalendarRow;
