//! What a calendar is said to be, before it is known to make sense: the one place that judges it,
//! for a command and for what is only tried out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::opening_hours::{ExtraHours, OpeningHours, WeeklyHours};
use super::refusal::{CalendarRefusal, List, Place};
use super::time_of_day::TimeOfDay;
use super::words::Weekday;

/// How many hours a week has.
const WEEKLY_MAX: usize = 200;
/// How many holidays there are.
const HOLIDAYS_MAX: usize = 2_000;
/// How many hours dates have of their own.
const EXTRA_MAX: usize = 2_000;
/// The years of its dates.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=2199;

/// Opening hours as they were typed. As JSON it has the API's names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct HoursDraft {
    /// The IANA name of a zone.
    pub zone: String,
    /// Hours of weekdays, in any order, at most 200.
    #[serde(default)]
    pub weekly: Vec<WeeklyDraft>,
    /// Dates without hours, in any order, at most 2,000.
    #[serde(default)]
    pub holidays: Vec<NaiveDate>,
    /// Hours of dates, in any order, at most 2,000.
    #[serde(default)]
    pub extra_days: Vec<ExtraDraft>,
}

/// Hours of a weekday as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeeklyDraft {
    /// Which day.
    pub weekday: Weekday,
    /// `08:00`
    pub opens: String,
    /// `17:30:15`, or `24:00` for the day's end.
    pub closes: String,
}

/// Hours of a date as they were typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtraDraft {
    /// Which date.
    pub date: NaiveDate,
    /// `08:00`
    pub opens: String,
    /// `17:30:15`, or `24:00` for the day's end.
    pub closes: String,
}

impl HoursDraft {
    /// H1, H3, H4, H5: as it is stored, in order; else what is wrong with it, and where.
    pub fn fit(self) -> Result<OpeningHours, CalendarRefusal> {
        let zone = self.zone.trim().parse().map_err(|_| CalendarRefusal::ZoneUnknown)?;
        must_not_be_many(List::Weekly, self.weekly.len(), WEEKLY_MAX)?;
        must_not_be_many(List::ExtraDays, self.extra_days.len(), EXTRA_MAX)?;
        let weekly = self.weekly.iter().map(|it| (it.weekday, &*it.opens, &*it.closes));
        let weekly = fit_hours(List::Weekly, weekly)?;
        let holidays = fit_holidays(&self.holidays)?;
        for (index, extra) in self.extra_days.iter().enumerate() {
            must_be_known(extra.date, Place { list: List::ExtraDays, index, part: Some("date") })?;
        }
        let extra = self.extra_days.iter().map(|it| (it.date, &*it.opens, &*it.closes));
        let extra = fit_hours(List::ExtraDays, extra)?;
        let of_weekday = |(weekday, opens, closes)| WeeklyHours { weekday, opens, closes };
        let of_date = |(date, opens, closes)| ExtraHours { date, opens, closes };
        Ok(OpeningHours {
            zone,
            weekly: weekly.into_iter().map(of_weekday).collect(),
            holidays,
            extra_days: extra.into_iter().map(of_date).collect(),
        })
    }
}

/// H4, H5: each once, few, and of the years that are known.
pub(super) fn fit_holidays(dates: &[NaiveDate]) -> Result<BTreeSet<NaiveDate>, CalendarRefusal> {
    must_not_be_many(List::Holidays, dates.len(), HOLIDAYS_MAX)?;
    let mut seen = BTreeMap::new();
    for (index, date) in dates.iter().enumerate() {
        let place = Place { list: List::Holidays, index, part: None };
        must_be_known(*date, place)?;
        if let Some(other) = seen.insert(*date, place) {
            return Err(CalendarRefusal::HolidayTwice { place, other });
        }
    }
    Ok(seen.into_keys().collect())
}

fn must_not_be_many(list: List, count: usize, max: usize) -> Result<(), CalendarRefusal> {
    if count > max { Err(CalendarRefusal::TooMany { list, max }) } else { Ok(()) }
}

fn must_be_known(date: NaiveDate, place: Place) -> Result<(), CalendarRefusal> {
    if YEARS.contains(&date.year()) { Ok(()) } else { Err(CalendarRefusal::DateUnfit(place)) }
}

/// H3: by day and time, disjoint.
fn fit_hours<'a, D: Ord + Copy>(
    list: List,
    hours: impl Iterator<Item = (D, &'a str, &'a str)>,
) -> Result<Vec<(D, TimeOfDay, TimeOfDay)>, CalendarRefusal> {
    let mut placed = Vec::new();
    for (index, (day, opens, closes)) in hours.enumerate() {
        let place = |part| Place { list, index, part: Some(part) };
        let time = |text: &str, part| {
            text.trim().parse::<TimeOfDay>().map_err(|_| CalendarRefusal::TimeUnfit(place(part)))
        };
        let (opens, closes) = (time(opens, "opens")?, time(closes, "closes")?);
        if opens == TimeOfDay::END {
            return Err(CalendarRefusal::TimeUnfit(place("opens")));
        }
        if opens == closes {
            return Err(CalendarRefusal::HoursEmpty(place("closes")));
        }
        if opens > closes {
            return Err(CalendarRefusal::HoursAcrossMidnight(place("closes")));
        }
        placed.push((day, opens, closes, index));
    }
    placed.sort_unstable();
    for two in placed.windows(2) {
        let ((day, _, closes, other), (next_day, opens, _, index)) = (two[0], two[1]);
        if day == next_day && opens < closes {
            let place = |index| Place { list, index, part: None };
            return Err(CalendarRefusal::HoursOverlap { place: place(index), other: place(other) });
        }
    }
    Ok(placed.into_iter().map(|(day, opens, closes, _)| (day, opens, closes)).collect())
}
