//! Tickets: reading them, and every verb of their life.

mod filter;
mod input;
mod mutation;
mod query;
pub(super) mod steps;
mod types;
pub(super) mod words;

#[cfg(test)]
mod tests;

pub(super) use filter::stored_filter;
pub(super) use mutation::{TicketMutation, TicketPayload};
pub(super) use query::TicketQuery;
pub(super) use types::Ticket;
