//! `search`: one row a ticket, with all its words in lower case, for finding a part of them.
//!
//! What everybody who sees the ticket may read stands apart from what staff say among themselves.
//! Read by the lists of `tickets` alone.

mod apply;
pub(crate) mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Searches;
