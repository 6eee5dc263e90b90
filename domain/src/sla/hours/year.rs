//! One year of a calendar, second by second: what is open, what is closed and why.

use chrono::{DateTime, Days as Span, NaiveDate};
use chrono_tz::Tz;

use super::Closed;
use super::day::Days;
use super::offsets::steady;

/// The first year that calendars know.
pub(super) const FIRST_YEAR: i32 = 1970;
/// How many years they know.
pub(super) const YEARS: usize = 230;
/// The first second of the year 2200.
pub(super) const END: i64 = 7_258_118_400;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Whether time counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Closed(Closed),
}

/// A year of UTC.
#[derive(Debug)]
pub(super) struct Year {
    /// Its first second.
    start: i64,
    /// Its parts, in order; the first from its first second on.
    parts: Vec<Part>,
    /// How many of its seconds are open.
    open: u32,
}

/// Some seconds of a year, up to the next part.
#[derive(Debug)]
struct Part {
    /// Its first second, from the year's on.
    from: u32,
    /// How many seconds of the year are open before it.
    open_before: u32,
    state: State,
}

impl State {
    pub(super) fn closed(self) -> Option<Closed> {
        match self {
            Self::Open => None,
            Self::Closed(why) => Some(why),
        }
    }
}

/// The first second of the year so many years after the first one.
pub(super) fn start_of(index: usize) -> i64 {
    let year = i32::try_from(index).ok().map(|index| FIRST_YEAR + index);
    let first = year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1));
    first.map_or(END, |date| date.and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
}

impl Year {
    pub(super) fn new(index: usize, zone: Tz, days: &Days) -> Self {
        let (start, end) = (start_of(index), start_of(index + 1));
        let mut year = Self { start, parts: Vec::new(), open: 0 };
        for (from, to, offset) in steady(zone, start, end) {
            year.add_steady((from, to), offset, days);
        }
        year.open = year.open_before(end);
        year
    }

    /// A time in which the clocks go on without a change.
    fn add_steady(&mut self, (from, to): (i64, i64), offset: i64, days: &Days) {
        let mut midnight = (from + offset).div_euclid(DAY) * DAY;
        let Some(shown) = DateTime::from_timestamp(midnight, 0) else { return };
        let mut date = shown.date_naive();
        while midnight - offset < to {
            let day = days.of(date);
            let ends = day.iter().skip(1).map(|(second, _)| *second).chain([86_400]);
            for ((second, state), end) in day.iter().zip(ends) {
                let begins = (midnight + i64::from(*second) - offset).max(from);
                if begins < (midnight + i64::from(end) - offset).min(to) {
                    self.add(begins, *state);
                }
            }
            midnight += DAY;
            let Some(next) = date.checked_add_days(Span::new(1)) else { return };
            date = next;
        }
    }

    /// From this second on the state is this one.
    fn add(&mut self, at: i64, state: State) {
        if self.parts.last().is_some_and(|last| last.state == state) {
            return;
        }
        let part = Part { from: self.second(at), open_before: self.open_before(at), state };
        self.parts.push(part);
    }

    /// How many seconds of the year are open.
    pub(super) fn open(&self) -> i64 {
        i64::from(self.open)
    }

    /// How many of them are before this second.
    pub(super) fn open_until(&self, at: i64) -> i64 {
        i64::from(self.open_before(at))
    }

    fn open_before(&self, at: i64) -> u32 {
        let second = self.second(at);
        let index = self.parts.partition_point(|part| part.from <= second);
        let Some(part) = self.parts[..index].last() else { return 0 };
        match part.state {
            State::Open => part.open_before + (second - part.from),
            State::Closed(_) => part.open_before,
        }
    }

    /// The first second by which so many of the year's are over that were open; at least one, and
    /// no more than there are.
    pub(super) fn reach(&self, open: i64) -> Option<i64> {
        let index = self.parts.partition_point(|part| i64::from(part.open_before) < open);
        let part = self.parts[..index].last()?;
        Some(self.start + i64::from(part.from) + open - i64::from(part.open_before))
    }

    /// The states from this second on, each with its first second.
    pub(super) fn states(&self, from: i64) -> impl Iterator<Item = (i64, State)> {
        let second = self.second(from);
        let index = self.parts.partition_point(|part| part.from <= second).saturating_sub(1);
        let parts = self.parts[index..].iter();
        parts.map(move |part| ((self.start + i64::from(part.from)).max(from), part.state))
    }

    /// Counted from the year's first.
    fn second(&self, at: i64) -> u32 {
        u32::try_from(at - self.start).unwrap_or(0)
    }
}
