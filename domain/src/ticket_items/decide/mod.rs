//! One verb a file; what the ticket's life allows, and what is taken as computed, stands here.

pub mod compute;
pub mod link;
pub mod unlink;

use super::event::Computed;
use super::refusal::TicketItemsRefusal;
use super::state::TicketItems;
use super::words::ItemRole;
use crate::kernel::{Context, TicketId};

/// How many items a ticket names.
pub const ITEMS_MAX: usize = 1_000;

/// The class of services.
pub(super) const SERVICE_CLASS: &str = "Service";

/// I1: whether the ticket's items may change.
fn ticket_not_over(cx: &Context, ticket: TicketId) -> Result<(), TicketItemsRefusal> {
    let facts = cx.facts.tickets.get(&ticket).ok_or(TicketItemsRefusal::NotFound)?;
    if let Some(into) = facts.ticket.merged_into {
        return Err(TicketItemsRefusal::Merged { into });
    }
    if facts.ticket.state.is_over() { Err(TicketItemsRefusal::TicketOver) } else { Ok(()) }
}

/// I5: whether this was computed from the items that the ticket is to have.
fn must_be_of(computed: Option<&Computed>, wanted: &TicketItems) -> Result<(), TicketItemsRefusal> {
    match computed {
        Some(computed)
            if computed.sources != wanted.in_role(ItemRole::Manual)
                || computed.walls != wanted.in_role(ItemRole::NotImpacted) =>
        {
            Err(TicketItemsRefusal::ComputedOtherwise)
        }
        Some(_) | None => Ok(()),
    }
}
