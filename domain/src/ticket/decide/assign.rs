//! Assign: whose it is to do. From work in progress it is a forward.

use std::collections::BTreeSet;

use super::{owned_long_text, target_must_fit};
use crate::kernel::{Context, Needs, PersonId, Standing, UnitId};
use crate::ticket::event::{Assigned, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::{Body, Ticket};
use crate::ticket::words::{TicketState, Verb};

/// T6. A ticket is given to a unit, to people, or to nobody (back to dispatch). In progress the
/// hold ends; pending stays pending; a resolved one is moved by heads, directors and imports only.
/// Giving it to those who have it already changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Assign {
    /// None: no unit.
    pub unit: Option<UnitId>,
    /// Empty: the whole unit, or dispatch.
    pub assignees: BTreeSet<PersonId>,
    /// What the next one should know, at most 20,000 characters.
    pub note: Option<String>,
}

impl Assign {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        Needs {
            people: self.assignees.clone(),
            units: self.unit.into_iter().collect(),
            ..Needs::default()
        }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::Assign)?;
        body.must_not_be_individual()?;
        must_not_be_anothers(body, cx)?;
        if body.state == TicketState::Resolved && cx.standing == Standing::Ordinary {
            return Err(TicketRefusal::HeadsOnly);
        }
        let as_before = self.unit == body.unit && self.assignees == body.assignees;
        if as_before && body.state != TicketState::InProgress {
            return Ok(vec![]);
        }
        target_must_fit(self.unit, &self.assignees, cx)?;
        let note = owned_long_text("note", self.note.as_deref(), cx.words_of())?;
        Ok(vec![TicketEvent::Assigned(Assigned {
            unit: self.unit,
            assignees: self.assignees,
            note,
            routing: None,
        })])
    }
}

/// T5: whoever would give away what another holds stops that work first; history did as it did.
fn must_not_be_anothers(body: &Body, cx: &Context) -> Result<(), TicketRefusal> {
    match body.holder {
        Some(holder) if cx.doer() != Some(holder) && cx.standing != Standing::Importing => {
            Err(TicketRefusal::Held { holder })
        }
        _ => Ok(()),
    }
}
