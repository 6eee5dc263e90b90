//! `erasures`: one row a request that a person be erased, with its certificate once it is done.
//!
//! Reasons are sealed under the deployment's key, so they stay readable. Read by the API, and by its
//! worker that carries erasures out.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Erasures;
pub use read::{by_ids, count, due, page};
pub use row::{ErasureRow, Purge};
