//! A deadline that somebody set by hand: of which two instants the ticket's watchers are reminded.
//!
//! Once each in a ticket's life, however often it is reopened, and never while a plan measures the
//! ticket. Not here: who watches (the read model `notices`). Called by the read model `sla_timers`.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::kernel::TicketId;
use crate::ticket::TicketEvent;

/// So long before a deadline it is near.
const NEAR: TimeDelta = TimeDelta::hours(24);
/// The namespace of the commands that remind.
const COMMANDS: Uuid = Uuid::from_u128(0x6b0e_51d7_2f94_5c3a_8a77_91c4_0d2e_b6f3);

/// What there is to remind of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Milestone {
    /// Less than a day is left.
    Near,
    /// It is over, and the ticket is not done.
    Passed,
}

/// Something to remind of, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reminder {
    /// Of what.
    pub milestone: Milestone,
    /// The deadline.
    pub deadline_at: DateTime<Utc>,
    /// The first instant at which it is so, not before what made it so.
    pub at: DateTime<Utc>,
}

/// The deadline of a ticket, as far as reminders follow from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByHand {
    deadline_at: DateTime<Utc>,
    /// Since when it is to be kept; none while the ticket is done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    since: Option<DateTime<Utc>>,
    /// Whether a plan measures the ticket instead.
    measured: bool,
    /// What was reminded of.
    told: BTreeSet<Milestone>,
}

impl Reminder {
    /// The identity of the command that reminds: the same whoever sends it, as often as they do.
    pub fn command_id(&self, ticket: TicketId) -> Uuid {
        Uuid::new_v5(&COMMANDS, format!("{ticket} {}", self.milestone).as_bytes())
    }
}

impl ByHand {
    /// The deadline after an event of the ticket; none as long as there is none.
    pub fn fold(known: Option<Self>, at: DateTime<Utc>, event: &TicketEvent) -> Option<Self> {
        if let TicketEvent::Opened(e) = event {
            let (measured, told) = (e.sla.is_some(), BTreeSet::new());
            return e.deadline_at.map(|deadline_at| Self {
                deadline_at,
                since: Some(at),
                measured,
                told,
            });
        }
        let mut known = known?;
        match event {
            TicketEvent::Reopened(_) => known.since = Some(at),
            TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_)
            | TicketEvent::Closed(_)
            | TicketEvent::Cancelled(_)
            | TicketEvent::Merged(_) => known.since = None,
            TicketEvent::SlaTermsRestated(e) => {
                known.measured = e.terms.is_some();
                known.since = known.since.map(|_| at);
            }
            TicketEvent::Opened(_)
            | TicketEvent::Assigned(_)
            | TicketEvent::Classified(_)
            | TicketEvent::Prioritized(_)
            | TicketEvent::Escalated(_)
            | TicketEvent::WorkStarted(_)
            | TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_) => {}
        }
        Some(known)
    }

    /// Its watchers were reminded.
    pub fn told(&mut self, milestone: Milestone) {
        self.told.insert(milestone);
    }

    /// What is still to be reminded of if nothing else happens, the earliest first. What is over is
    /// no longer near.
    pub fn reminders(&self) -> Vec<Reminder> {
        let Some(since) = self.since.filter(|_| !self.measured) else { return Vec::new() };
        let second = TimeDelta::seconds(1);
        let instant = |milestone| match milestone {
            Milestone::Near => self.deadline_at.checked_sub_signed(NEAR),
            Milestone::Passed => self.deadline_at.checked_add_signed(second),
        };
        let Some(passed) = instant(Milestone::Passed) else { return Vec::new() };
        let all = [Milestone::Near, Milestone::Passed].into_iter();
        let left = all.filter(|milestone| !self.told.contains(milestone));
        let reminders = left.filter_map(|milestone| {
            let at = instant(milestone)?.max(since);
            let is_so = milestone == Milestone::Passed || at < passed;
            is_so.then_some(Reminder { milestone, deadline_at: self.deadline_at, at })
        });
        reminders.collect()
    }
}
