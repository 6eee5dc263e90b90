//! `macros`: one row a macro, with its steps.
//!
//! Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Macros;
pub use read::{by_ids, count, page};
pub use row::MacroRow;
