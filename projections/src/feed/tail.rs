//! The end of the log as it was read last, for the many readers who are there. Everything works
//! without it, only slower.

use std::collections::VecDeque;

use super::change::Passed;
use super::fold::Standings;

/// How many events are remembered.
const EVENTS: usize = 4_000;

/// The events up to some place, without a gap, and how tickets stand there.
#[derive(Debug, Default)]
pub(super) struct Tail {
    through: i64,
    events: VecDeque<Passed>,
    standings: Standings,
}

impl Tail {
    /// The events behind this number, if they are remembered and there are any.
    pub(super) fn page(&self, after: i64, limit: i64) -> Option<Vec<Passed>> {
        let first = self.events.front()?.position;
        if after + 1 < first || after >= self.through {
            return None;
        }
        let skipped = usize::try_from(after + 1 - first).ok()?;
        let limit = usize::try_from(limit).ok()?;
        Some(self.events.iter().skip(skipped).take(limit).cloned().collect())
    }

    /// Whether reading on from there makes a tail: here, or later, where nobody has read yet.
    pub(super) fn continues(&self, after: i64) -> bool {
        after >= self.through
    }

    /// How tickets stand there. A failed reading leaves the tail to begin anew.
    pub(super) fn take(&mut self, after: i64) -> Standings {
        let taken = std::mem::take(self);
        self.through = after;
        if taken.through != after {
            return Standings::default();
        }
        self.events = taken.events;
        taken.standings
    }

    /// Puts the next page behind it.
    pub(super) fn put(&mut self, page: &[Passed], standings: Standings) {
        self.events.extend(page.iter().cloned());
        let surplus = self.events.len().saturating_sub(EVENTS);
        self.events.drain(..surplus);
        self.through = self.events.back().map_or(self.through, |last| last.position);
        self.standings = standings;
        self.standings.shrink();
    }
}
