//! The items of the CMDB that tickets are about: naming them, and what falls with them.

mod input;
mod list;
mod load;
mod mutation;
mod types;
mod words;

pub(super) use list::{known_tickets, of_ticket};
pub(super) use load::{impact, service};
pub(super) use mutation::TicketItemsMutation;
pub(super) use types::{TicketImpact, TicketItem};
pub(super) use words::TicketItemRole;
