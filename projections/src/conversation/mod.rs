//! `conversation`: one row a comment on a ticket: replies, notes, and what was said when it was given
//! away. Those of a merged ticket follow it.
//!
//! Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Conversations;
pub use read::{by_ids, by_tickets, count, counts, page};
pub use row::CommentRow;
