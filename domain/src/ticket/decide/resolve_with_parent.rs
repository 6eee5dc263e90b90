//! Resolve with parent: the cascade's verb.

use crate::kernel::{Context, TicketId};
use crate::ticket::event::{ResolvedWithParent, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T17. When a parent is resolved, its open children are too, whoever holds them. Only the cascade
/// asks for it; a child that is resolved already stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolveWithParent {
    /// The resolved parent.
    pub parent: TicketId,
    /// The parent's resolution code.
    pub code: String,
}

impl ResolveWithParent {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        _cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.body()?.state == TicketState::Resolved {
            return Ok(vec![]);
        }
        ticket.ready_for(Verb::ResolveWithParent)?;
        Ok(vec![TicketEvent::ResolvedWithParent(ResolvedWithParent {
            parent: self.parent,
            code: self.code,
        })])
    }
}
