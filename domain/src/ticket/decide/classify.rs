//! Classify: what it is about.

use super::subject_must_fit;
use super::terms::{PlanChoice, needs_of, restated, terms};
use crate::kernel::{Context, Needs, SubjectId};
use crate::sla::TermsCause;
use crate::ticket::event::{Classified, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketKind, Verb};

/// T14. Kind and subject may be said better until the ticket is closed or cancelled. A task
/// stays one, and nothing else becomes one. What is not named stays; the same again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Classify {
    /// None: as it is.
    pub kind: Option<TicketKind>,
    /// None: as it is.
    pub subject: Option<SubjectId>,
}

impl Classify {
    pub(in crate::ticket) fn needs(&self, ticket: &Ticket) -> Needs {
        let body = ticket.0.as_deref();
        let subject = self.subject.or(body.and_then(|body| body.subject));
        Needs { subjects: subject.into_iter().collect(), ..needs_of(body) }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::Classify)?;
        body.must_be_free_for(cx)?;
        let kind = self.kind.unwrap_or(body.kind);
        if (kind == TicketKind::Task) != (body.kind == TicketKind::Task) {
            return Err(TicketRefusal::KindUnfit);
        }
        subject_must_fit(self.subject.filter(|it| body.subject != Some(*it)), cx)?;
        let subject = self.subject.or(body.subject);
        if (kind, subject) == (body.kind, body.subject) {
            return Ok(vec![]);
        }
        let mut events = vec![TicketEvent::Classified(Classified { kind, subject })];
        // What nobody measures is not measured for being named better.
        if let Some(now) = &body.sla
            && let Ok(Some(plan)) = PlanChoice::Implied.plan((kind, subject), cx)
            && plan != now.plan
        {
            let terms = terms(Some(plan), body.priority, cx)?;
            events.extend(restated(body, terms, TermsCause::Subject));
        }
        Ok(events)
    }
}
