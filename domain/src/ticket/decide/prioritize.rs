//! Prioritize: how pressing a ticket is.

use super::terms::{restated, terms};
use crate::kernel::Context;
use crate::settings::Policy;
use crate::sla::TermsCause;
use crate::ticket::event::{Prioritized, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{Impact, Priority, Urgency, Verb};

/// How pressing: by the matrix, or by decree.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressing {
    /// The deployment's matrix turns these into a priority.
    Judged(Impact, Urgency),
    /// Set by a person, who says why.
    Decreed(Priority),
}

impl Pressing {
    /// What is stamped into the event; NORMAL when nothing was said.
    pub(in crate::ticket) fn stamp(
        pressing: Option<Self>,
        policy: &Policy,
    ) -> (Priority, Option<Impact>, Option<Urgency>) {
        match pressing {
            None => (Priority::Normal, None, None),
            Some(Self::Decreed(priority)) => (priority, None, None),
            Some(Self::Judged(impact, urgency)) => {
                (policy.matrix.priority(impact, urgency), Some(impact), Some(urgency))
            }
        }
    }
}

/// T15. Impact and urgency give the priority through the matrix; a priority may also be set
/// outright, with a reason. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Prioritize {
    /// How pressing it is from now on.
    pub pressing: Pressing,
}

impl Prioritize {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::Prioritize)?;
        body.must_be_free_for(cx)?;
        let (priority, impact, urgency) = Pressing::stamp(Some(self.pressing), &cx.policy);
        if (priority, impact, urgency) == (body.priority, body.impact, body.urgency) {
            return Ok(vec![]);
        }
        if matches!(self.pressing, Pressing::Decreed(_)) && cx.reason.is_none() {
            return Err(TicketRefusal::ReasonRequired);
        }
        let mut events = vec![TicketEvent::Prioritized(Prioritized { priority, impact, urgency })];
        if let Some(now) = body.sla.as_ref().filter(|_| priority != body.priority) {
            let terms = terms(Some(now.plan), priority, cx)?;
            events.extend(restated(body, terms, TermsCause::Priority));
        }
        Ok(events)
    }
}
