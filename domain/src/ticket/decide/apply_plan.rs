//! Apply a plan: a ticket is measured by another plan, or by none.

use super::terms::{restated, terms};
use crate::kernel::{Context, Needs, SlaPlanId};
use crate::sla::TermsCause;
use crate::ticket::event::TicketEvent;
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::Verb;

/// T22. Until it is closed or cancelled a ticket may come under another plan, or under none. The
/// same terms again change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ApplyPlan {
    /// None: no plan measures it any more.
    pub plan: Option<SlaPlanId>,
}

impl ApplyPlan {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        Needs { plans: self.plan.into_iter().collect(), sla: true, ..Needs::default() }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::ApplyPlan)?;
        let terms = terms(self.plan, body.priority, cx)?;
        Ok(restated(body, terms, TermsCause::Plan).into_iter().collect())
    }
}
