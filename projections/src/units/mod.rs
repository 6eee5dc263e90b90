//! `units`: one row a unit, with its people.
//!
//! Not what rights depend on: that is `directory`. Read by the API.

mod apply;
mod filter;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Units;
pub use filter::UnitFilter;
pub use read::{by_ids, count, of_people, page};
pub use row::UnitRow;
