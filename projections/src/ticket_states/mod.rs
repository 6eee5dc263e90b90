//! `ticket_states`: how tickets stood between any two of their events, so that a list as of any moment
//! is one indexed query.
//!
//! Not their texts: a page's rows are folded from the tickets' own events. Not their dossiers, which
//! are known as of now alone. Read by the API.

mod apply;
pub mod read;
#[cfg(test)]
mod tests;

pub use apply::TicketStates;
pub use read::{count, page};
