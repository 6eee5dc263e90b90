//! `quality`: one row a ticket that a sample took: whether its requester was asked and what they say,
//! whether it is to be checked and what the check found.
//!
//! A ticket without a row was asked nothing about. Words are clear here, or the word `erased`. Read
//! by the API; [`figures`] also by whoever reports on units and people.

mod apply;
pub mod figures;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Quality;
pub use figures::{By, CheckFigures, Satisfaction, Within, checks, satisfaction};
pub use read::{by_ids, due_count, due_page};
pub use row::QualityRow;
