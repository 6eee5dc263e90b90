//! What a ticket is measured by, as it was stamped into its stream.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::kernel::words::words;
use crate::kernel::{CalendarId, SlaPlanId};

words! {
    /// The three clocks of a ticket.
    ClockKind {
        /// Until somebody starts to work.
        Reaction,
        /// While somebody works.
        Work,
        /// Until it is solved.
        Deadline,
    }

    /// What becomes of the time before a change of terms.
    ChangePolicy {
        /// The newest terms judge everything from the opening.
        Restate,
        /// Finished clocks keep their verdict; running ones keep their seconds.
        CarryOver,
        /// Finished clocks keep their verdict; running ones start at 0.
        Restart,
    }

    /// A state that stops a clock that would run otherwise.
    PauseState {
        /// Waiting for somebody else.
        Pending,
        /// Solved, until it is reopened.
        Resolved,
    }

    /// Why a ticket has other terms.
    TermsCause {
        /// Another priority.
        Priority,
        /// Another subject.
        Subject,
        /// Another plan, by hand.
        Plan,
        /// A new version of its plan.
        PlanEdit,
        /// A new version of one of its calendars.
        CalendarEdit,
    }
}

/// A calendar as one of its versions defined it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CalendarVersion {
    /// Which calendar.
    pub id: CalendarId,
    /// The number of the event in its stream, from 1.
    pub version: i64,
}

/// The terms of a ticket: a plan's, for its priority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Which plan.
    pub plan: SlaPlanId,
    /// The number of the event in its stream, from 1.
    pub plan_version: i64,
    /// What becomes of the time before, when these terms replace others.
    pub policy: ChangePolicy,
    /// The three clocks'.
    pub reaction: ClockTerms,
    /// Likewise.
    pub work: ClockTerms,
    /// Likewise.
    pub deadline: ClockTerms,
}

/// The terms of one clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockTerms {
    /// How long at most; 0: no target.
    pub limit_seconds: u32,
    /// When time counts; none: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarVersion>,
    /// States in which it does not run.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub pause_states: BTreeSet<PauseState>,
    /// Shares of the limit in percent, beyond which somebody is told.
    pub thresholds: BTreeSet<u16>,
}

impl Terms {
    /// Those of one clock.
    pub fn of(&self, clock: ClockKind) -> &ClockTerms {
        match clock {
            ClockKind::Reaction => &self.reaction,
            ClockKind::Work => &self.work,
            ClockKind::Deadline => &self.deadline,
        }
    }

    /// Those of each clock.
    pub(super) fn clocks_mut(&mut self) -> [&mut ClockTerms; 3] {
        [&mut self.reaction, &mut self.work, &mut self.deadline]
    }
}
