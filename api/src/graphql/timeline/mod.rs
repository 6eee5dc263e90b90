//! History: what happened to one thing, and everything that happened.

mod changes;
mod list;
mod query;
mod tree;
mod types;

pub(super) use list::{of, of_stream, of_ticket};
pub(super) use query::TimelineQuery;
pub(super) use types::{Event, EventActor};
