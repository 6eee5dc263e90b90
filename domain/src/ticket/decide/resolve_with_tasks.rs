//! Resolve with tasks: the last of its people is done.

use crate::kernel::text::{self, WORD_MAX};
use crate::kernel::{Actor, Context};
use crate::ticket::event::{ResolvedWithTasks, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T20. A ticket for each of several people is resolved with the last of their tasks. Only Annals
/// itself asks for it; one that is resolved already stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ResolveWithTasks {
    /// A short word, such as FIXED; at most 100 characters.
    pub code: String,
}

impl ResolveWithTasks {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.body()?.state == TicketState::Resolved {
            return Ok(vec![]);
        }
        let body = ticket.ready_for(Verb::ResolveWithTasks)?;
        if !body.individual {
            return Err(TicketRefusal::NotIndividual);
        }
        if cx.actor != Actor::System {
            return Err(TicketRefusal::Individual);
        }
        let code = text::line(&self.code, WORD_MAX)
            .map_err(|fault| TicketRefusal::TextUnfit { field: "code", fault })?;
        Ok(vec![TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code })])
    }
}
