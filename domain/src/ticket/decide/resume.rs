//! Resume: the waiting is over.

use crate::kernel::Context;
use crate::ticket::event::{Resumed, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::Verb;

/// T8. A pending ticket goes back to those it is assigned to, or to dispatch; nobody holds it.
#[derive(Debug, Clone, PartialEq)]
pub struct Resume {}

impl Resume {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        _cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        ticket.ready_for(Verb::Resume)?;
        Ok(vec![TicketEvent::Resumed(Resumed {})])
    }
}
