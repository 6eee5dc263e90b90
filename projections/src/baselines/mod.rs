//! `baselines`: one row a baseline: which moment of the log it names, withdrawn ones among them.
//!
//! Not what was so at that moment: that is a list of `cis` as of it. Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Baselines;
pub use read::{Withdrawn, by_ids, count, page};
pub use row::BaselineRow;
