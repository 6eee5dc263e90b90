//! The slow reading: what the clock on the wall shows, second by second, and nothing else. Shares
//! no line with what it judges.

use chrono::{DateTime, Datelike, TimeZone, Timelike, Utc};

use super::super::Closed;
use crate::calendar::OpeningHours;

/// Why the second that begins now is closed; none: it is open.
pub(super) fn closed(hours: &OpeningHours, second: i64) -> Option<Closed> {
    let utc = DateTime::from_timestamp(second, 0).unwrap().naive_utc();
    let wall = hours.zone.from_utc_datetime(&utc).naive_local();
    let (date, time) = (wall.date(), wall.time().num_seconds_from_midnight());
    let extra: Vec<_> = hours.extra_days.iter().filter(|it| it.date == date).collect();
    if !extra.is_empty() {
        let open = extra.iter().any(|it| it.opens.seconds() <= time && time < it.closes.seconds());
        return (!open).then_some(Closed::ExtraDay);
    }
    if hours.holidays.contains(&date) {
        return Some(Closed::Holiday);
    }
    let name = wall.weekday().number_from_monday();
    let open = hours.weekly.iter().any(|it| {
        it.weekday as u32 + 1 == name && it.opens.seconds() <= time && time < it.closes.seconds()
    });
    (!open).then_some(Closed::OutOfHours)
}

/// What was read from one instant to another, so many seconds at a time.
pub(super) struct Reading {
    step: i64,
    from: DateTime<Utc>,
    /// Of each step.
    closed: Vec<Option<Closed>>,
}

impl Reading {
    pub(super) fn new(
        hours: &OpeningHours,
        (from, to): (DateTime<Utc>, DateTime<Utc>),
        step: i64,
    ) -> Self {
        let (first, last) = (from.timestamp(), to.timestamp());
        assert!((last - first) % step == 0, "whole steps");
        let mut closed_at = Vec::new();
        let mut second = first;
        while second < last {
            closed_at.push(closed(hours, second));
            second += step;
        }
        Self { step, from, closed: closed_at }
    }

    /// How many seconds are open.
    pub(super) fn open(&self) -> i64 {
        self.closed.iter().filter(|closed| closed.is_none()).count() as i64 * self.step
    }

    /// The first instant by which so many of them, at least one, are over.
    pub(super) fn reach(&self, seconds: i64) -> Option<DateTime<Utc>> {
        let (mut now, mut left) = (self.from.timestamp(), seconds);
        for closed in &self.closed {
            if closed.is_none() {
                if left <= self.step {
                    return DateTime::from_timestamp(now + left, 0);
                }
                left -= self.step;
            }
            now += self.step;
        }
        None
    }

    /// Where it is another one than the step before, with what it is; from the first step on.
    pub(super) fn changes(&self) -> Vec<(DateTime<Utc>, Option<Closed>)> {
        let mut changes: Vec<(DateTime<Utc>, Option<Closed>)> = Vec::new();
        let mut now = self.from;
        for closed in &self.closed {
            if changes.last().is_none_or(|(_, last)| last != closed) {
                changes.push((now, *closed));
            }
            now = DateTime::from_timestamp(now.timestamp() + self.step, 0).unwrap();
        }
        changes
    }
}
