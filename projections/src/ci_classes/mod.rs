//! `ci_classes`: one row a definition of a class of items, so that items of any day can be read by
//! the classes of that day.
//!
//! Not what a class inherits: that is the catalogue's, which is made from all definitions in force.
//! Read by the API and the impact of items.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::CiClasses;
pub use read::{Classes, catalogue_at};
pub use row::CiClassRow;
