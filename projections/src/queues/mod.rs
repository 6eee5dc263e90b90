//! `queues`: one row a saved queue: a filter, an order and columns under a name.
//!
//! Not which tickets are in it: that is a list of `tickets` by its filter. Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Queues;
pub use read::{by_id, by_ids, visible};
pub use row::QueueRow;
