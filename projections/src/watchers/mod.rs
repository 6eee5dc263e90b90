//! `watchers`: one row a ticket that somebody watches, or has watched.
//!
//! Whoever watches a ticket sees it. So this is not a part of `dossiers`, where it comes from as well:
//! `tickets` and this say who sees a ticket, and no view of what is in one gets ahead of the two. Read
//! by the queries of `tickets`, and by the API where it asks about rights.

mod apply;
pub mod read;
#[cfg(test)]
mod tests;

pub use apply::{Watchers, WatchersRow};
pub use read::by_ids;
