//! Where the hours of a clock come from.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::sla::hours::{Closed, Hours, Piece};
use crate::sla::terms::CalendarVersion;

/// Which seconds count.
pub trait WorkingTime {
    /// Whole seconds that are open between two instants; 0 when they are the other way round.
    fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64;
    /// The earliest instant at which so many open seconds have passed; none: never.
    fn add_working_seconds(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>>;
    /// The pieces that tile the time between two instants, in order.
    fn pieces(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Piece>;
}

/// Every version of every calendar that terms name.
pub trait Calendars {
    /// The hours of a calendar.
    type Hours: WorkingTime;
    /// Those of this version.
    fn hours(&self, version: CalendarVersion) -> Option<&Self::Hours>;
}

/// Terms name a calendar whose hours are not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("version {} of calendar {} is not at hand", .0.version, .0.id)]
pub struct UnknownCalendar(pub CalendarVersion);

impl WorkingTime for Hours {
    fn working_seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        self.working_seconds(from, to)
    }

    fn add_working_seconds(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        self.add_working_seconds(from, seconds)
    }

    fn pieces(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Piece> {
        self.pieces(from, to)
    }
}

impl<H: Borrow<Hours>> Calendars for BTreeMap<CalendarVersion, H> {
    type Hours = Hours;

    fn hours(&self, version: CalendarVersion) -> Option<&Hours> {
        self.get(&version).map(Borrow::borrow)
    }
}

/// When a clock can count: always, or in some hours.
#[derive(Debug)]
pub(super) enum Open<'a, H> {
    /// Each second.
    Always,
    /// Those of a calendar.
    In(&'a H),
}

impl<'a, H: WorkingTime> Open<'a, H> {
    /// That of this version; without one, each second.
    pub(super) fn of<C: Calendars<Hours = H>>(
        version: Option<CalendarVersion>,
        calendars: &'a C,
    ) -> Result<Self, UnknownCalendar> {
        let Some(version) = version else { return Ok(Self::Always) };
        calendars.hours(version).map(Self::In).ok_or(UnknownCalendar(version))
    }

    pub(super) fn seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        match self {
            Self::Always => (to - from).num_seconds().max(0),
            Self::In(hours) => hours.working_seconds(from, to),
        }
    }

    pub(super) fn after(&self, from: DateTime<Utc>, seconds: i64) -> Option<DateTime<Utc>> {
        match self {
            Self::Always => from.checked_add_signed(TimeDelta::try_seconds(seconds)?),
            Self::In(hours) => hours.add_working_seconds(from, seconds),
        }
    }

    /// From, to, and why it is closed then.
    pub(super) fn pieces(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
    ) -> Vec<(DateTime<Utc>, DateTime<Utc>, Option<Closed>)> {
        match self {
            Self::Always => vec![(from, to, None)],
            Self::In(hours) => {
                hours.pieces(from, to).into_iter().map(|it| (it.from, it.to, it.closed)).collect()
            }
        }
    }
}
