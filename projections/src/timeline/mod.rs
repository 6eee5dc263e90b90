//! `timeline`: the audit trail, one row an event of any aggregate: who, what, when, why, from → to.
//!
//! The changes are the difference between two pictures of the aggregate, one before the event and
//! one after it, so that no event can be forgotten here. Read by the API and the replay tools.

mod apply;
mod items;
mod personal;
mod picture;
pub mod read;
mod row;
mod state;
#[cfg(test)]
mod tests;
mod trail;
mod tree;

pub use apply::Timeline;
pub use read::{EventQuery, belonging, between, by_numbers, events, events_count, of, of_count};
pub use row::{Change, TimelineRow};
pub use state::State;
pub use trail::Trail;
pub use tree::{Caused, laid_out};
