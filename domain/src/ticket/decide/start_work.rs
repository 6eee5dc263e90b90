//! Start work: take the hold.

use crate::kernel::{Context, Needs, PersonId, Standing};
use crate::ticket::event::{TicketEvent, WorkStarted};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::Verb;

/// T3. Whoever starts work holds the ticket; a second one is refused and told who does. Starting
/// what one holds already changes nothing. Only staff hold, and no ticket whose people have tasks
/// of their own (T20); only an import may start for another.
#[derive(Debug, Clone, PartialEq)]
pub struct StartWork {
    /// Whose hold history says it was; none: the one who acts.
    pub holder: Option<PersonId>,
}

impl StartWork {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        Needs { people: self.holder.into_iter().collect(), ..Needs::default() }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let named = self.holder.filter(|_| cx.standing == Standing::Importing);
        let holder = named.or_else(|| cx.doer()).ok_or(TicketRefusal::PersonRequired)?;
        match ticket.body()?.holder {
            Some(current) if current == holder => return Ok(vec![]),
            Some(current) => return Err(TicketRefusal::Held { holder: current }),
            None => {}
        }
        ticket.body()?.must_not_be_individual()?;
        ticket.ready_for(Verb::StartWork)?;
        if !cx.facts.can_work(holder, None) {
            return Err(TicketRefusal::AssigneeUnfit { person: holder });
        }
        Ok(vec![TicketEvent::WorkStarted(WorkStarted { holder })])
    }
}
