//! Record: a threshold was crossed.

use crate::kernel::{Actor, Context};
use crate::sla::stopwatch::{BREACH, Timer};
use crate::ticket_clock::event::{Breached, ThresholdReached, TicketClockEvent};
use crate::ticket_clock::refusal::TicketClockRefusal;
use crate::ticket_clock::state::TicketClock;

/// E1 to E3. A crossing is recorded as of its own instant: `now` of the command's context is
/// [`Timer::at`], however late it is. What is recorded for its cycle already stays as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// What the stopwatch said.
    pub timer: Timer,
}

impl Record {
    pub(in crate::ticket_clock) fn decide(
        self,
        clocks: &TicketClock,
        cx: &Context,
    ) -> Result<Vec<TicketClockEvent>, TicketClockRefusal> {
        if matches!(cx.actor, Actor::Person(_)) {
            return Err(TicketClockRefusal::NotByPeople);
        }
        let Timer { clock, percent, cycle, plan, plan_version, limit_seconds, .. } = self.timer;
        let (at, used_seconds) = (self.timer.at, self.timer.used_seconds);
        if clocks.has(clock, percent, cycle) {
            return Ok(vec![]);
        }
        let since = Some(self.timer.since).filter(|since| *since < at);
        if percent == BREACH {
            return Ok(vec![TicketClockEvent::Breached(Breached {
                clock,
                cycle,
                plan,
                plan_version,
                limit_seconds,
                used_seconds,
                breached_since: since,
            })]);
        }
        Ok(vec![TicketClockEvent::ThresholdReached(ThresholdReached {
            clock,
            percent,
            cycle,
            plan,
            plan_version,
            limit_seconds,
            used_seconds,
            reached_since: since,
        })])
    }
}
