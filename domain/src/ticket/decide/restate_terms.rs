//! Restate terms: a plan or a calendar was defined anew.

use super::terms::{needs_of, restated, terms};
use crate::kernel::{Context, Needs};
use crate::sla::TermsCause;
use crate::ticket::event::TicketEvent;
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;

/// T24. A new version of its plan, or of a calendar of it, reaches an open ticket; what is resolved or
/// over keeps its terms. Annals itself asks for it.
#[derive(Debug, Clone, PartialEq)]
pub struct RestateTerms {
    /// Which of the two.
    pub cause: TermsCause,
}

impl RestateTerms {
    pub(in crate::ticket) fn needs(&self, ticket: &Ticket) -> Needs {
        needs_of(ticket.0.as_deref())
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.body()?;
        let Some(now) = body.sla.as_ref().filter(|_| body.state.is_open()) else {
            return Ok(vec![]);
        };
        let terms = terms(Some(now.plan), body.priority, cx)?;
        Ok(restated(body, terms, self.cause).into_iter().collect())
    }
}
