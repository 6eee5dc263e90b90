//! One clock, really and supposedly.

use crate::kernel::words::words;
use crate::sla::ClockKind;
use crate::sla::stopwatch::{ClockReading, ClockState, Readings};

words! {
    /// What a clock says of its limit.
    Verdict {
        /// There is no limit to keep.
        Unmeasured,
        /// It is within its limit, and goes on.
        Open,
        /// It kept its limit.
        Met,
        /// It is beyond its limit.
        Breached,
    }

    /// What a supposition changes (V2).
    Difference {
        /// Beyond its limit under the supposition alone.
        NewlyBreached,
        /// Beyond its limit in reality alone.
        NewlyMet,
        /// Beyond it in both, or in neither.
        Unchanged,
    }
}

/// A clock of a ticket, really and supposedly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Compared {
    /// Which.
    pub clock: ClockKind,
    /// What the real terms say.
    pub real: Verdict,
    /// What the supposed ones would say.
    pub supposed: Verdict,
    /// How long it really took, in seconds; none: there is no clock.
    pub seconds_real: Option<i64>,
    /// How long it would have taken; likewise.
    pub seconds_supposed: Option<i64>,
}

impl Verdict {
    /// That of a clock.
    pub fn of(reading: &ClockReading) -> Self {
        match reading.met {
            _ if reading.limit_seconds == 0 => Self::Unmeasured,
            None => Self::Open,
            Some(true) => Self::Met,
            Some(false) => Self::Breached,
        }
    }
}

impl Compared {
    /// The three clocks of a ticket.
    pub fn all(real: &Readings, supposed: &Readings) -> [Self; 3] {
        [ClockKind::Reaction, ClockKind::Work, ClockKind::Deadline].map(|clock| {
            let (real, supposed) = (real.of(clock), supposed.of(clock));
            Self {
                clock,
                real: Verdict::of(real),
                supposed: Verdict::of(supposed),
                seconds_real: seconds(real),
                seconds_supposed: seconds(supposed),
            }
        })
    }

    /// What the supposition changes.
    pub fn difference(&self) -> Difference {
        match (self.real, self.supposed) {
            (Verdict::Breached, Verdict::Breached) => Difference::Unchanged,
            (Verdict::Breached, _) => Difference::NewlyMet,
            (_, Verdict::Breached) => Difference::NewlyBreached,
            _ => Difference::Unchanged,
        }
    }
}

fn seconds(reading: &ClockReading) -> Option<i64> {
    (reading.state != ClockState::None).then_some(reading.used_seconds)
}
