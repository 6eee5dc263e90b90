//! Reopen: not solved after all.

use chrono::{DateTime, TimeDelta, Utc};

use crate::kernel::{Context, Needs, Standing};
use crate::ticket::event::{Reopened, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{TicketState, Verb};

/// T10, T11. A resolved ticket goes back to its last holder, if still active in the unit, else to
/// those it is assigned to. A closed one likewise, within the deployment's window after closing;
/// a merged one never: its matter goes on elsewhere (T19).
#[derive(Debug, Clone, PartialEq)]
pub struct Reopen {}

impl Reopen {
    pub(in crate::ticket) fn needs(&self, ticket: &Ticket) -> Needs {
        let last_holder = ticket.0.as_ref().and_then(|body| body.last_holder);
        Needs { people: last_holder.into_iter().collect(), ..Needs::default() }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::Reopen)?;
        if let Some(into) = body.merged_into {
            return Err(TicketRefusal::Merged { into });
        }
        if body.state == TicketState::Closed && !within_window(body.closed_at, cx) {
            return Err(TicketRefusal::ReopenWindowPassed);
        }
        let holder = body.last_holder.filter(|person| cx.facts.can_work(*person, body.unit));
        Ok(vec![TicketEvent::Reopened(Reopened { holder })])
    }
}

fn within_window(closed_at: Option<DateTime<Utc>>, cx: &Context) -> bool {
    let window = TimeDelta::days(i64::from(cx.policy.reopen_after_close_days));
    // A clock behind the closing must not open a window of no days.
    let elapsed = |closed_at: DateTime<Utc>| (cx.now - closed_at).max(TimeDelta::zero());
    cx.standing == Standing::Importing
        || closed_at.is_some_and(|closed_at| elapsed(closed_at) < window)
}
