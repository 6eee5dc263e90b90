//! Tickets: reading them, and every verb of their life.

mod actions;
mod children;
mod facets;
mod filter;
mod input;
mod items;
mod many;
mod mutation;
mod open;
mod past;
mod query;
mod routing;
mod sla;
pub(super) mod steps;
mod types;
pub(super) mod words;

#[cfg(test)]
mod tests;

pub(super) use facets::TicketConnection;
pub(super) use filter::{OrderDirection, TicketOrder, TicketWhere};
pub(super) use mutation::{TicketMutation, TicketPayload};
pub(super) use past::{of_list, page as page_then};
pub(super) use query::{TicketQuery, page};
pub(super) use routing::RoutingMethod;
pub(super) use sla::ClockInterval;
pub(super) use types::Ticket;
