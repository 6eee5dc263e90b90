//! Cancel: over without a solution.

use crate::kernel::Context;
use crate::ticket::event::{Cancelled, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T13. An open ticket that nobody else holds may be cancelled. Cancelling twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Cancel {}

impl Cancel {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.body()?.state == TicketState::Cancelled {
            return Ok(vec![]);
        }
        ticket.ready_for(Verb::Cancel)?.must_be_free_for(cx)?;
        Ok(vec![TicketEvent::Cancelled(Cancelled {})])
    }
}
