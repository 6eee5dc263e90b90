//! What the decisions about a ticket's clocks need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::TicketClockEvent;
use crate::sla::ClockKind;
use crate::sla::by_hand::Milestone;
use crate::sla::stopwatch::BREACH;

/// What was recorded of a ticket's clocks.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct TicketClock {
    recorded: BTreeSet<(ClockKind, u16, u32)>,
    #[serde(default)]
    told: BTreeSet<(ClockKind, u16, u32)>,
    #[serde(default)]
    reminded: BTreeSet<Milestone>,
}

impl TicketClock {
    /// Whether the crossing of a threshold, in percent, is recorded for this cycle.
    pub fn has(&self, clock: ClockKind, percent: u16, cycle: u32) -> bool {
        self.recorded.contains(&(clock, percent, cycle))
    }

    /// Whether people were told of it.
    pub fn is_told(&self, clock: ClockKind, percent: u16, cycle: u32) -> bool {
        self.told.contains(&(clock, percent, cycle))
    }

    /// Whether its watchers were reminded of a deadline that was set by hand.
    pub fn is_reminded(&self, milestone: Milestone) -> bool {
        self.reminded.contains(&milestone)
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: TicketClockEvent) {
        match event {
            TicketClockEvent::ThresholdReached(e) => {
                self.recorded.insert((e.clock, e.percent, e.cycle));
            }
            TicketClockEvent::Breached(e) => {
                self.recorded.insert((e.clock, BREACH, e.cycle));
            }
            TicketClockEvent::Notified(e) => {
                self.told.insert((e.clock, e.percent, e.cycle));
            }
            TicketClockEvent::DeadlineNeared(_) => {
                self.reminded.insert(Milestone::Near);
            }
            TicketClockEvent::DeadlinePassed(_) => {
                self.reminded.insert(Milestone::Passed);
            }
        }
    }
}
