//! Resolve: solved.

use super::owned_long_text;
use crate::kernel::text::{self, TextFault, WORD_MAX};
use crate::kernel::{Context, Standing};
use crate::ticket::event::{Resolved, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T9. Only the holder resolves, with a code and a solution; finished history may lack both. The
/// same resolution again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Resolve {
    /// A short free word, such as FIXED; at most 100 characters.
    pub code: Option<String>,
    /// At most 20,000 characters.
    pub solution: Option<String>,
}

impl Resolve {
    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.body()?;
        let code = self
            .code
            .map(|code| text::line(&code, WORD_MAX))
            .transpose()
            .map_err(|fault| TicketRefusal::TextUnfit { field: "code", fault })?;
        let solution = owned_long_text("solution", self.solution.as_deref(), cx.words_of())?;
        let same_words = body.solution.as_ref().and_then(|s| s.value())
            == solution.as_ref().and_then(|s| s.value());
        if body.state == TicketState::Resolved && body.resolution_code == code && same_words {
            return Ok(vec![]);
        }
        body.must_not_be_individual()?;
        ticket.ready_for(Verb::Resolve)?;
        if cx.standing != Standing::Importing {
            if body.holder != cx.doer() {
                return Err(TicketRefusal::NotHeldByActor);
            }
            for (field, absent) in [("code", code.is_none()), ("solution", solution.is_none())] {
                if absent {
                    return Err(TicketRefusal::TextUnfit { field, fault: TextFault::Empty });
                }
            }
        }
        Ok(vec![TicketEvent::Resolved(Resolved { code, solution })])
    }
}
