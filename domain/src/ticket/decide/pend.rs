//! Pend: wait for somebody else.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::Context;
use crate::ticket::event::{Pended, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{PendingReason, TicketState, Verb};

/// Whoever waits longer than ten years waits for nothing.
const LONGEST: TimeDelta = TimeDelta::days(3653);

/// T8. An open ticket may wait, for a named reason; that ends the hold. Waiting for the same thing
/// again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Pend {
    /// What it waits for.
    pub pending_reason: PendingReason,
    /// Until when at most.
    pub until: Option<DateTime<Utc>>,
}

impl Pend {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.body()?;
        let as_before =
            body.pending_reason == Some(self.pending_reason) && body.pending_until == self.until;
        if body.state == TicketState::Pending && as_before {
            return Ok(vec![]);
        }
        ticket.ready_for(Verb::Pend)?;
        body.must_be_free_for(cx)?;
        if self.until.is_some_and(|until| until <= cx.now) {
            return Err(TicketRefusal::UntilPast);
        }
        if self.until.is_some_and(|until| until - cx.now > LONGEST) {
            return Err(TicketRefusal::UntilFar);
        }
        Ok(vec![TicketEvent::Pended(Pended {
            pending_reason: self.pending_reason,
            until: self.until,
        })])
    }
}
