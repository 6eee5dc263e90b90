//! How many clocks kept their limit (N5).

use crate::sla::stopwatch::{ClockReading, Readings};

/// Of one clock, how many tickets kept its limit, and how many did not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Score {
    /// No more used than the limit.
    pub met: u64,
    /// More used.
    pub failed: u64,
}

/// Of some tickets, how their clocks stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Success {
    /// How many tickets, with and without a plan.
    pub tickets: u64,
    /// Until somebody started to work.
    pub reaction: Score,
    /// While somebody worked.
    pub work: Score,
    /// Until it was solved.
    pub deadline: Score,
}

/// Whether a clock kept its limit, so far; none without one.
pub fn kept(reading: &ClockReading) -> Option<bool> {
    (reading.limit_seconds > 0).then(|| reading.used_seconds <= i64::from(reading.limit_seconds))
}

impl Score {
    /// Counts one more ticket.
    pub fn count(&mut self, reading: &ClockReading) {
        match kept(reading) {
            Some(true) => self.met += 1,
            Some(false) => self.failed += 1,
            None => {}
        }
    }

    /// Of those with a limit, how many kept it: in tenths of a percent, to the nearest one; none when
    /// no ticket had a limit.
    pub fn permille(self) -> Option<u64> {
        permille(self.met, self.met + self.failed)
    }
}

/// A share in tenths of a percent, to the nearest one; none of nothing.
pub fn permille(part: u64, whole: u64) -> Option<u64> {
    (part * 2_000 + whole).checked_div(whole * 2)
}

impl Success {
    /// Counts one more ticket.
    pub fn count(&mut self, readings: &Readings) {
        self.tickets += 1;
        self.reaction.count(&readings.reaction);
        self.work.count(&readings.work);
        self.deadline.count(&readings.deadline);
    }
}
