//! What the clocks on the wall say of each second of a date.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::Closed;
use super::year::State;
use crate::calendar::{OpeningHours, TimeOfDay, Weekday};

/// Each state of a date with the second, by the clock, from which it holds; the first from 0.
pub(super) type Day = Vec<(u32, State)>;

/// Every date's day.
#[derive(Debug)]
pub(super) struct Days {
    /// Monday's, Tuesday's and so on.
    weekly: [Day; 7],
    /// Those of holidays and extra days.
    special: BTreeMap<NaiveDate, Day>,
}

impl Days {
    pub(super) fn new(hours: &OpeningHours) -> Self {
        let weekly = std::array::from_fn(|number| {
            let of_day = |weekday: Weekday| weekday as usize == number;
            let open = hours.weekly.iter().filter(|it| of_day(it.weekday));
            day(open.map(|it| (it.opens, it.closes)), Closed::OutOfHours)
        });
        let holiday = |date: &NaiveDate| (*date, day([], Closed::Holiday));
        let mut special: BTreeMap<_, _> = hours.holidays.iter().map(holiday).collect();
        let mut extra: BTreeMap<NaiveDate, Vec<_>> = BTreeMap::new();
        for it in &hours.extra_days {
            extra.entry(it.date).or_default().push((it.opens, it.closes));
        }
        special.extend(extra.into_iter().map(|(date, open)| (date, day(open, Closed::ExtraDay))));
        Self { weekly, special }
    }

    pub(super) fn of(&self, date: NaiveDate) -> &Day {
        let weekly = || &self.weekly[date.weekday().num_days_from_monday() as usize];
        self.special.get(&date).unwrap_or_else(weekly)
    }

    /// Whether no weekday has hours.
    pub(super) fn is_empty_week(&self) -> bool {
        !self.weekly.iter().any(is_open)
    }

    /// The last date with hours of its own.
    pub(super) fn last_extra(&self) -> Option<NaiveDate> {
        self.special.iter().rfind(|(_, day)| is_open(day)).map(|(date, _)| *date)
    }
}

/// Whether any second of it is.
fn is_open(day: &Day) -> bool {
    day.iter().any(|(_, state)| *state == State::Open)
}

/// A date that is open between these times, and otherwise closed for this reason.
fn day(open: impl IntoIterator<Item = (TimeOfDay, TimeOfDay)>, closed: Closed) -> Day {
    let mut open: Vec<_> = open.into_iter().filter(|(opens, closes)| opens < closes).collect();
    open.sort_unstable();
    let mut day: Day = vec![(0, State::Closed(closed))];
    let mut closes_last = 0;
    for (opens, closes) in open {
        let opens = opens.seconds();
        if opens > closes_last {
            switch(&mut day, closes_last, State::Closed(closed));
        }
        if opens >= closes_last {
            switch(&mut day, opens, State::Open);
        }
        closes_last = closes_last.max(closes.seconds());
    }
    if closes_last < TimeOfDay::END.seconds() {
        switch(&mut day, closes_last, State::Closed(closed));
    }
    day
}

/// From this second on the state is another one, if it is.
fn switch(day: &mut Day, from: u32, state: State) {
    if day.last().is_some_and(|(last, _)| *last == from) {
        day.pop();
    }
    if day.last().is_none_or(|(_, last)| *last != state) {
        day.push((from, state));
    }
}
