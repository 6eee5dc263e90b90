//! Working time: which seconds count, between any two instants.

use chrono::{DateTime, TimeDelta, Utc};

/// When a calendar is open, ready to be counted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// Each second counts: no calendar.
    Always,
}

/// A piece of time that is open, or closed, as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// The first instant behind it.
    pub to: DateTime<Utc>,
    /// None: open; else why it is not.
    pub closed: Option<Closed>,
}

/// Why time does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// Outside the hours of that weekday.
    OutOfHours,
    /// A holiday.
    Holiday,
    /// Outside the hours of a day that has hours of its own.
    ExtraDay,
}

impl Hours {
    /// Whole seconds that are open between two instants; 0 when they are the other way round.
    pub fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        match self {
            Self::Always => (to - from).num_seconds().max(0),
        }
    }

    /// The earliest instant at which so many open seconds have passed; none: never.
    pub fn add_working_seconds(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        match self {
            Self::Always => from.checked_add_signed(TimeDelta::try_seconds(seconds.max(0))?),
        }
    }

    /// The pieces that tile the time between two instants, in order, each as long as can be.
    pub fn pieces(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Piece> {
        match self {
            Self::Always if from < to => vec![Piece { from, to, closed: None }],
            Self::Always => Vec::new(),
        }
    }
}
