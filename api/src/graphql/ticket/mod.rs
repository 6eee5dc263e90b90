//! Tickets: reading them, and every verb of their life.

mod actions;
mod facets;
mod filter;
mod input;
mod mutation;
mod query;
mod routing;
mod types;
pub(super) mod words;

#[cfg(test)]
mod tests;

pub(super) use facets::TicketConnection;
pub(super) use filter::{TicketOrder, TicketWhere};
pub(super) use mutation::TicketMutation;
pub(super) use query::{TicketQuery, page};
pub(super) use types::Ticket;
