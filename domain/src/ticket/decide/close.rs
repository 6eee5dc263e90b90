//! Close: over.

use crate::kernel::Context;
use crate::ticket::event::{Closed, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T12. A resolved ticket is closed; then comments alone are left. Closing twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {}

impl Close {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.body()?.state == TicketState::Closed {
            return Ok(vec![]);
        }
        ticket.ready_for(Verb::Close)?;
        Ok(vec![TicketEvent::Closed(Closed { closed_at: cx.now })])
    }
}
