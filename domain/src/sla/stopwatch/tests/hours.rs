//! Hours that are easily reckoned: a shift that comes again and again, or listed openings.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{after, t};
use crate::sla::hours::{Closed, Piece};
use crate::sla::stopwatch::{Calendars, WorkingTime};
use crate::sla::terms::CalendarVersion;

/// In seconds after the dawn.
#[derive(Debug, Clone)]
pub(super) enum TestHours {
    /// Open from `from` to `to` of each period.
    Shift { period: i64, from: i64, to: i64 },
    /// Open then, and never else.
    Listed(Vec<(i64, i64)>),
}

/// The calendars of a test.
#[derive(Debug, Clone, Default)]
pub(super) struct Known(pub(super) BTreeMap<CalendarVersion, TestHours>);

impl Calendars for Known {
    type Hours = TestHours;

    fn hours(&self, version: CalendarVersion) -> Option<&TestHours> {
        self.0.get(&version)
    }
}

impl TestHours {
    pub(super) fn is_open(&self, second: i64) -> bool {
        match self {
            Self::Shift { period, from, to } => (*from..*to).contains(&second.rem_euclid(*period)),
            Self::Listed(open) => open.iter().any(|(from, to)| (*from..*to).contains(&second)),
        }
    }

    /// Open seconds before this one, from some fixed one on.
    fn before(&self, second: i64) -> i64 {
        match self {
            Self::Shift { period, from, to } => {
                let today = (second.rem_euclid(*period) - from).clamp(0, to - from);
                second.div_euclid(*period) * (to - from) + today
            }
            Self::Listed(open) => {
                open.iter().map(|(from, to)| (second - from).clamp(0, to - from)).sum()
            }
        }
    }

    /// The next second at which it opens or closes.
    fn change_after(&self, second: i64) -> i64 {
        match self {
            Self::Shift { period, from, to } => {
                let day = second.div_euclid(*period) * period;
                let changes = [day + from, day + to, day + period + from, day + period + to];
                let change = changes.into_iter().find(|change| *change > second);
                change.filter(|_| from < to).unwrap_or(i64::MAX)
            }
            Self::Listed(open) => {
                let mut changes = open.iter().flat_map(|(from, to)| [*from, *to]);
                changes.find(|change| *change > second).unwrap_or(i64::MAX)
            }
        }
    }
}

impl WorkingTime for TestHours {
    fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        (self.before(after(to)) - self.before(after(from))).max(0)
    }

    fn add_working_seconds(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        let goal = self.before(after(from)) + seconds;
        if let Self::Shift { period, from, to } = self {
            if from == to {
                return None;
            }
            let day = (goal - 1).div_euclid(to - from);
            return Some(t(day * period + from + (goal - day * (to - from))));
        }
        let mut second = after(from);
        while self.before(second) < goal {
            second = self.change_after(second);
            if second == i64::MAX {
                return None;
            }
        }
        Some(t(second - (self.before(second) - goal)))
    }

    fn pieces(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Piece> {
        let (mut second, to) = (after(from), after(to));
        let mut pieces = Vec::new();
        while second < to {
            let next = self.change_after(second).min(to);
            let closed = (!self.is_open(second)).then_some(Closed::OutOfHours);
            pieces.push(Piece { from: t(second), to: t(next), closed });
            second = next;
        }
        pieces
    }
}
