//! Merge: the same matter as another ticket.

use std::collections::BTreeSet;

use crate::kernel::{Context, Needs, TicketFacts, TicketId};
use crate::ticket::event::{Merged, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::Verb;
use crate::ticket_dossier::LinkKind;

/// T19. What was told twice goes on once: this ticket is closed, the other one goes on. The other
/// one is open or resolved; this one has no open children. Merging it there twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Merge {
    /// Which one is closed: the stream's own identity.
    pub ticket: TicketId,
    /// Which one goes on.
    pub into: TicketId,
    /// Its children as far as the caller knows; one that is missing counts as open.
    pub children: BTreeSet<TicketId>,
}

impl Merge {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        let tickets = self.children.iter().copied().chain([self.ticket, self.into]).collect();
        Needs { tickets, ..Needs::default() }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        if ticket.body()?.merged_into == Some(self.into) {
            return Ok(vec![]);
        }
        ticket.ready_for(Verb::Merge)?.must_be_free_for(cx)?;
        if self.into == self.ticket {
            return Err(TicketRefusal::IntoItself);
        }
        let into = cx.facts.tickets.get(&self.into).ok_or(TicketRefusal::IntoUnknown)?;
        if into.ticket.state.is_over() {
            return Err(TicketRefusal::IntoOver);
        }
        if self.has_open_children(cx) {
            return Err(TicketRefusal::HasChildren);
        }
        Ok(vec![TicketEvent::Merged(Merged { into: self.into, closed_at: cx.now })])
    }

    fn has_open_children(&self, cx: &Context) -> bool {
        let is_open = |facts: &TicketFacts| facts.ticket.state.is_open();
        cx.facts
            .tickets
            .get(&self.ticket)
            .into_iter()
            .flat_map(|facts| facts.dossier.linked(LinkKind::Child))
            .any(|child| cx.facts.tickets.get(&child).is_none_or(is_open))
    }
}
