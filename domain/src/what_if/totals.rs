//! How many of which, and how many seconds.

use serde::Serialize;

use super::compare::{Compared, Difference, Verdict};
use crate::sla::ClockKind;

/// Of all tickets that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// How many there are.
    pub tickets: u64,
    /// Their reaction clocks.
    pub reaction: ClockTotals,
    /// Their work clocks.
    pub work: ClockTotals,
    /// Their deadline clocks.
    pub deadline: ClockTotals,
}

/// Of one clock, over all tickets that were looked at.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct ClockTotals {
    /// Beyond its limit under the supposition alone.
    pub newly_breached: u64,
    /// Beyond its limit in reality alone.
    pub newly_met: u64,
    /// Measured by both, and beyond its limit in both or in neither.
    pub unchanged: u64,
    /// Not measured in reality, but under the supposition; those of them that would be beyond their
    /// limit are newly breached besides.
    pub was_unmeasured: u64,
    /// Measured in reality, but not under the supposition; those of them that are beyond their limit
    /// are newly met besides.
    pub would_be_unmeasured: u64,
    /// Really beyond its limit.
    pub breached_real: u64,
    /// Supposedly beyond its limit.
    pub breached_supposed: u64,
    /// How long it really took, in seconds, where both measure.
    pub seconds_real: i64,
    /// How long it would have taken, in seconds, where both measure.
    pub seconds_supposed: i64,
}

impl Totals {
    /// One more ticket.
    pub fn add(&mut self, compared: &[Compared; 3]) {
        self.tickets += 1;
        for it in compared {
            self.of_mut(it.clock).add(it);
        }
    }

    /// Those of other tickets besides.
    pub fn extend(&mut self, more: &Self) {
        self.tickets += more.tickets;
        for clock in [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline] {
            self.of_mut(clock).extend(more.of(clock));
        }
    }

    /// Those of one clock.
    pub fn of(&self, clock: ClockKind) -> &ClockTotals {
        match clock {
            ClockKind::Reaction => &self.reaction,
            ClockKind::Work => &self.work,
            ClockKind::Deadline => &self.deadline,
        }
    }

    fn of_mut(&mut self, clock: ClockKind) -> &mut ClockTotals {
        match clock {
            ClockKind::Reaction => &mut self.reaction,
            ClockKind::Work => &mut self.work,
            ClockKind::Deadline => &mut self.deadline,
        }
    }
}

impl ClockTotals {
    /// How much longer it would have taken than it took; less than 0: shorter.
    pub fn seconds_difference(&self) -> i64 {
        self.seconds_supposed - self.seconds_real
    }

    fn add(&mut self, it: &Compared) {
        let (real, supposed) = (it.real != Verdict::Unmeasured, it.supposed != Verdict::Unmeasured);
        self.newly_breached += u64::from(it.difference() == Difference::NewlyBreached);
        self.newly_met += u64::from(it.difference() == Difference::NewlyMet);
        let unchanged = real && supposed && it.difference() == Difference::Unchanged;
        self.unchanged += u64::from(unchanged);
        self.was_unmeasured += u64::from(!real && supposed);
        self.would_be_unmeasured += u64::from(real && !supposed);
        self.breached_real += u64::from(it.real == Verdict::Breached);
        self.breached_supposed += u64::from(it.supposed == Verdict::Breached);
        if let (true, true, Some(took), Some(would)) =
            (real, supposed, it.seconds_real, it.seconds_supposed)
        {
            self.seconds_real += took;
            self.seconds_supposed += would;
        }
    }

    fn extend(&mut self, more: &Self) {
        self.newly_breached += more.newly_breached;
        self.newly_met += more.newly_met;
        self.unchanged += more.unchanged;
        self.was_unmeasured += more.was_unmeasured;
        self.would_be_unmeasured += more.would_be_unmeasured;
        self.breached_real += more.breached_real;
        self.breached_supposed += more.breached_supposed;
        self.seconds_real += more.seconds_real;
        self.seconds_supposed += more.seconds_supposed;
    }
}
