//! Remind: a deadline that was set by hand is near, or over.

use crate::kernel::{Actor, Context};
use crate::sla::by_hand::{Milestone, Reminder};
use crate::ticket_clock::event::{DeadlineNeared, DeadlinePassed, TicketClockEvent};
use crate::ticket_clock::refusal::TicketClockRefusal;
use crate::ticket_clock::state::TicketClock;

/// E3, E5. Recorded as of its own instant: `now` of the command's context is [`Reminder::at`], however
/// late it is. Watchers who were reminded already are not reminded again.
#[derive(Debug, Clone, PartialEq)]
pub struct Remind {
    /// Of what, and when.
    pub reminder: Reminder,
}

impl Remind {
    pub(in crate::ticket_clock) fn decide(
        self,
        clocks: &TicketClock,
        cx: &Context,
    ) -> Result<Vec<TicketClockEvent>, TicketClockRefusal> {
        if matches!(cx.actor, Actor::Person(_)) {
            return Err(TicketClockRefusal::NotByPeople);
        }
        let Reminder { milestone, deadline_at, .. } = self.reminder;
        if clocks.is_reminded(milestone) {
            return Ok(vec![]);
        }
        Ok(vec![match milestone {
            Milestone::Near => TicketClockEvent::DeadlineNeared(DeadlineNeared { deadline_at }),
            Milestone::Passed => TicketClockEvent::DeadlinePassed(DeadlinePassed { deadline_at }),
        }])
    }
}
