//! Working time: which seconds count, between any two instants (S7).
//!
//! A second counts iff the clocks on the wall of the calendar's zone show open hours while it
//! passes: a repeated hour counts twice, a skipped one never. What clocks showed, and will show, is
//! the time zone database's word as of this version.
//!
//! Instants may have fractions of a second, and are taken back to the whole second they are in: a
//! second belongs to the time in which it ends. So the seconds of adjacent times add up to those of
//! both together, and a count never runs more than a second ahead of or behind what a watch shows.
//!
//! A calendar is known for the years 1970 to 2199 UTC; before and after them it is shut. Compiled
//! from [`OpeningHours`](crate::calendar::OpeningHours) once, filled year by year as it is asked,
//! cloned for next to nothing. Called by the stopwatch, the timers and the preview of a calendar.

mod compiled;
mod day;
mod offsets;
#[cfg(test)]
mod tests;
mod year;

use std::sync::Arc;

use chrono::{DateTime, Utc};

use self::compiled::Compiled;
use self::year::{END, State};
use crate::calendar::OpeningHours;

/// When a calendar is open, ready to be counted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hours {
    /// Each second counts: no calendar.
    Always,
    /// Those of a calendar count.
    Calendar(Calendar),
}

/// A calendar, ready to be counted with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calendar(Arc<Compiled>);

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
    /// A holiday, from midnight to midnight.
    Holiday,
    /// Outside the hours of a day that has hours of its own.
    ExtraDay,
}

impl From<&OpeningHours> for Hours {
    fn from(hours: &OpeningHours) -> Self {
        Self::Calendar(Calendar(Arc::new(Compiled::new(hours))))
    }
}

impl Hours {
    /// Whole seconds that are open between two instants; 0 when they are the other way round.
    pub fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        let (from, to) = (from.timestamp(), to.timestamp());
        if from >= to {
            return 0;
        }
        match self {
            Self::Always => to - from,
            Self::Calendar(Calendar(compiled)) => compiled.open_seconds(from, to),
        }
    }

    /// The earliest instant at which so many open seconds have passed: the closing second, not the
    /// next opening. None: never, or not before the year 2200.
    pub fn add_working_seconds(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        if seconds <= 0 {
            return Some(from);
        }
        let reached = match self {
            Self::Always => from.timestamp().checked_add(seconds).filter(|at| *at <= END),
            Self::Calendar(Calendar(compiled)) => compiled.reach(from.timestamp(), seconds),
        };
        reached.and_then(|at| DateTime::from_timestamp(at, 0))
    }

    /// The pieces that tile the time between two instants, in order, each as long as can be.
    pub fn pieces(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Piece> {
        if from >= to {
            return Vec::new();
        }
        let states = match self {
            Self::Always => vec![(from.timestamp(), State::Open)],
            // The second that `to` is in begins before it, unless `to` is its first instant.
            Self::Calendar(Calendar(compiled)) => {
                let behind = to.timestamp() + i64::from(to.timestamp_subsec_nanos() > 0);
                compiled.states(from.timestamp(), behind)
            }
        };
        let ends = states.iter().skip(1).map(|(at, _)| instant(*at, to)).chain([to]);
        let mut begin = from;
        let mut pieces = Vec::with_capacity(states.len());
        for ((_, state), end) in states.iter().zip(ends) {
            pieces.push(Piece { from: begin, to: end, closed: state.closed() });
            begin = end;
        }
        pieces
    }
}

/// The whole second, which is between two instants there are.
fn instant(second: i64, to: DateTime<Utc>) -> DateTime<Utc> {
    DateTime::from_timestamp(second, 0).unwrap_or(to)
}
