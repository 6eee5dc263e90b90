//! `sync_sources`: one row a source of items, as it was last defined, and when it last ran.
//!
//! What it says of an item stands with the item (`cis`). Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::SyncSources;
pub use read::{all, by_ids, count, page};
pub use row::SyncSourceRow;
