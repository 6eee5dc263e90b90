//! Stop work: let go without a result.

use crate::kernel::{Context, Standing};
use crate::ticket::event::{TicketEvent, WorkStopped};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::Verb;

/// T4. The holder stops work; a head of the unit or a director may break another's hold.
#[derive(Debug, Clone, PartialEq)]
pub struct StopWork {}

impl StopWork {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::StopWork)?;
        let Some(holder) = body.holder else { return Ok(vec![]) };
        if cx.doer() != Some(holder) && cx.standing == Standing::Ordinary {
            return Err(TicketRefusal::NotHeldByActor);
        }
        Ok(vec![TicketEvent::WorkStopped(WorkStopped { holder })])
    }
}
