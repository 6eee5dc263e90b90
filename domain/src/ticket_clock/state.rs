//! What the decisions about a ticket's clocks need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::TicketClockEvent;
use crate::sla::ClockKind;
use crate::sla::stopwatch::BREACH;

/// What was recorded of a ticket's clocks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketClock {
    recorded: BTreeSet<(ClockKind, u16, u32)>,
}

impl TicketClock {
    /// Whether the crossing of a threshold, in percent, is recorded for this cycle.
    pub fn has(&self, clock: ClockKind, percent: u16, cycle: u32) -> bool {
        self.recorded.contains(&(clock, percent, cycle))
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: TicketClockEvent) {
        self.recorded.insert(match event {
            TicketClockEvent::ThresholdReached(e) => (e.clock, e.percent, e.cycle),
            TicketClockEvent::Breached(e) => (e.clock, BREACH, e.cycle),
        });
    }
}
