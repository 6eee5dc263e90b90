//! A calendar's years, each compiled when it is asked for first.

use std::fmt;
use std::ops::Range;
use std::sync::OnceLock;

use chrono::{DateTime, Datelike};

use super::Closed;
use super::day::Days;
use super::year::{END, FIRST_YEAR, State, YEARS, Year, start_of};
use crate::calendar::OpeningHours;

/// Outside of the years that are known.
const UNKNOWN: State = State::Closed(Closed::OutOfHours);

/// What it was compiled from, and what was compiled so far.
pub(super) struct Compiled {
    hours: OpeningHours,
    days: Days,
    years: Box<[OnceLock<Year>]>,
    /// Those in which anything can be open.
    alive: Range<usize>,
}

impl Compiled {
    pub(super) fn new(hours: &OpeningHours) -> Self {
        let days = Days::new(hours);
        // Without weekly hours nothing is open after the last extra day; its own zone's year may
        // end in the next one of UTC.
        let last = days.last_extra().map_or(0, |date| date.year() - FIRST_YEAR + 2);
        let alive = if days.is_empty_week() { usize::try_from(last).unwrap_or(0) } else { YEARS };
        let years = (0..YEARS).map(|_| OnceLock::new()).collect();
        Self { hours: hours.clone(), days, years, alive: 0..alive.min(YEARS) }
    }

    /// The seconds from one to before another that are open.
    pub(super) fn open_seconds(&self, from: i64, to: i64) -> i64 {
        let (from, to) = (from.clamp(0, END), to.clamp(0, END));
        let (first, last) = (index_of(from), index_of(to));
        let whole: i64 = self.alive_of(first..last).map(|index| self.year(index).open()).sum();
        let until = |index: usize, at| match self.alive.contains(&index) {
            true => self.year(index).open_until(at),
            false => 0,
        };
        whole + until(last, to) - until(first, from)
    }

    /// The first second by which so many seconds, at least one, are over that were open.
    pub(super) fn reach(&self, from: i64, seconds: i64) -> Option<i64> {
        let from = from.clamp(0, END);
        let first = index_of(from);
        if !self.alive.contains(&first) {
            return None;
        }
        let mut wanted = seconds.checked_add(self.year(first).open_until(from))?;
        for index in self.alive_of(first..YEARS) {
            let year = self.year(index);
            if wanted <= year.open() {
                return year.reach(wanted);
            }
            wanted -= year.open();
        }
        None
    }

    /// The states from one second to before another, each with its first second, each another one
    /// than that before; at least one.
    pub(super) fn states(&self, from: i64, to: i64) -> Vec<(i64, State)> {
        let (first, last) = (index_of(from.clamp(0, END)), index_of(to.clamp(0, END)));
        let known = (first..=last.min(YEARS - 1)).flat_map(|index| {
            let start = start_of(index).max(from);
            self.year(index).states(start)
        });
        let before = (!(0..END).contains(&from)).then_some((from, UNKNOWN));
        let behind = (to > END && from < END).then_some((END, UNKNOWN));
        let all = before.into_iter().chain(known).chain(behind);
        let mut states: Vec<(i64, State)> = Vec::new();
        for (at, state) in all.filter(|(at, _)| *at < to) {
            if states.last().is_none_or(|(_, last)| *last != state) {
                states.push((at, state));
            }
        }
        states
    }

    fn year(&self, index: usize) -> &Year {
        self.years[index].get_or_init(|| Year::new(index, self.hours.zone, &self.days))
    }

    fn alive_of(&self, years: Range<usize>) -> Range<usize> {
        years.start..years.end.min(self.alive.end)
    }
}

/// Which of the years this second is in; that behind the last for what comes after them.
fn index_of(at: i64) -> usize {
    let year = DateTime::from_timestamp(at, 0).map_or(FIRST_YEAR, |at| at.year());
    usize::try_from(year - FIRST_YEAR).unwrap_or(0)
}

impl PartialEq for Compiled {
    fn eq(&self, other: &Self) -> bool {
        self.hours == other.hours
    }
}

impl Eq for Compiled {}

impl fmt::Debug for Compiled {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.hours.fmt(f)
    }
}
