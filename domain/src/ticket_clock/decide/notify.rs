//! Notify: people are told of a crossing.

use std::collections::BTreeSet;

use crate::kernel::{Actor, Context};
use crate::sla::ClockKind;
use crate::sla_plan::Whom;
use crate::ticket_clock::event::{Notified, TicketClockEvent};
use crate::ticket_clock::refusal::TicketClockRefusal;
use crate::ticket_clock::state::TicketClock;

/// E4. Whom the plan names is told of a crossing, all of them at once. Of one that is not recorded,
/// or was told before, nothing is told.
#[derive(Debug, Clone, PartialEq)]
pub struct Notify {
    /// Of which clock.
    pub clock: ClockKind,
    /// The threshold, in percent; 100 is the breach.
    pub percent: u16,
    /// In which cycle.
    pub cycle: u32,
    /// Whom the plan names; empty: nobody.
    pub whom: BTreeSet<Whom>,
}

impl Notify {
    pub(in crate::ticket_clock) fn decide(
        self,
        clocks: &TicketClock,
        cx: &Context,
    ) -> Result<Vec<TicketClockEvent>, TicketClockRefusal> {
        if matches!(cx.actor, Actor::Person(_)) {
            return Err(TicketClockRefusal::NotByPeople);
        }
        let Self { clock, percent, cycle, whom } = self;
        let is_news = clocks.has(clock, percent, cycle) && !clocks.is_told(clock, percent, cycle);
        if whom.is_empty() || !is_news {
            return Ok(vec![]);
        }
        Ok(vec![TicketClockEvent::Notified(Notified { clock, percent, cycle, whom })])
    }
}
