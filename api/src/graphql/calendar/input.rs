//! The verbs' inputs, each ending in a command, and hours as they are typed.

use std::ops::RangeInclusive;

use async_graphql::{ID, InputObject};
use domain::calendar::command::{Define, ImportHolidays};
use domain::calendar::{CalendarCommand, ExtraDraft, HoursDraft, WeeklyDraft};
use domain::import::ical::{self, Holidays};
use domain::kernel::CalendarId;
use serde_json::json;

use super::mutation::CalendarPayload;
use super::words::Weekday;
use crate::graphql::command::{NounInput, Wish};
use crate::graphql::input::{one_way, optional, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Date;

/// The years of a calendar's days.
const YEARS: RangeInclusive<i32> = 1970..=2199;

/// Hours of each such day.
#[derive(Debug, Clone, InputObject)]
struct CalendarWeeklyInput {
    /// Which day.
    weekday: Weekday,
    /// Their first second, such as 08:00 or 08:00:30.
    opens: String,
    /// The first second behind them, later on the same day; 24:00 is its end.
    closes: String,
}

/// Hours of one date, instead of those of its weekday.
#[derive(Debug, Clone, InputObject)]
struct CalendarExtraDayInput {
    /// Which date.
    date: Date,
    /// Their first second, such as 08:00 or 08:00:30.
    opens: String,
    /// The first second behind them, later on the same day; 24:00 is its end.
    closes: String,
}

/// When somebody is there.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql) struct CalendarHoursInput {
    /// The IANA name of a time zone, such as Europe/Berlin.
    zone: String,
    /// Hours of weekdays, disjoint, at most 200; none: never open, but for extra days.
    #[graphql(default)]
    weekly: Vec<CalendarWeeklyInput>,
    /// Dates without hours, of the years 1970 to 2199, at most 2,000.
    #[graphql(default)]
    holidays: Vec<Date>,
    /// Hours of dates, which beat those of the weekday and a holiday; disjoint, at most 2,000.
    #[graphql(default)]
    extra_days: Vec<CalendarExtraDayInput>,
}

/// What a calendar is from now on, completely.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CalendarDefineInput {
    /// Of which calendar this is the next version; absent: a new one.
    calendar_id: Option<ID>,
    /// At most 200 characters, unique whatever its case.
    name: String,
    #[graphql(flatten)]
    hours: CalendarHoursInput,
    #[graphql(flatten)]
    common: Common,
}

/// The holidays of an iCalendar file.
#[derive(Debug, Clone, InputObject)]
pub(super) struct CalendarImportHolidaysInput {
    /// To which calendar they are added.
    pub(super) calendar_id: ID,
    /// The text of the file (RFC 5545), at most 1 MiB and as long as a request may be. Whole days are
    /// taken, what recurs as well.
    ics: String,
    /// The first year of which days are taken, 1970 or later.
    from_year: i32,
    /// The last one, the same or later, up to 2199.
    to_year: i32,
    #[graphql(flatten)]
    pub(super) common: Common,
}

impl CalendarHoursInput {
    /// As the domain judges it.
    pub(in crate::graphql) fn into_draft(self) -> HoursDraft {
        let weekly = self.weekly.into_iter().map(|it| WeeklyDraft {
            weekday: it.weekday.into(),
            opens: it.opens,
            closes: it.closes,
        });
        let extra_days = self.extra_days.into_iter().map(|it| ExtraDraft {
            date: it.date.0,
            opens: it.opens,
            closes: it.closes,
        });
        HoursDraft {
            zone: self.zone,
            weekly: weekly.collect(),
            holidays: self.holidays.into_iter().map(|date| date.0).collect(),
            extra_days: extra_days.collect(),
        }
    }
}

impl CalendarDefineInput {
    /// The calendar that has to be there.
    pub(super) fn earlier(&self) -> Result<Option<CalendarId>, UserError> {
        optional("calendarId", self.calendar_id.as_ref())
    }
}

impl NounInput for CalendarDefineInput {
    type Command = CalendarCommand;
    type Payload = CalendarPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_wish(self) -> Result<Wish<CalendarCommand>, UserError> {
        let earlier = self.earlier()?;
        let define = Box::new(Define { name: self.name, hours: self.hours.into_draft() });
        let command = CalendarCommand::Define(define);
        Ok(match earlier {
            Some(id) => Wish::On(id.0, command),
            None => Wish::New(command),
        })
    }
}

impl CalendarImportHolidaysInput {
    /// To which calendar, and what the file says.
    pub(super) fn read(&self) -> Result<(CalendarId, Holidays), UserError> {
        let calendar = single("calendarId", &self.calendar_id)?;
        let (first, last) = (self.from_year, self.to_year);
        if first > last {
            return Err(one_way("toYear", "the last year is before the first"));
        }
        for (field, year) in [("fromYear", first), ("toYear", last)] {
            if !YEARS.contains(&year) {
                return Err(one_way(field, "a calendar's days are of the years 1970 to 2199"));
            }
        }
        let found = ical::holidays(&self.ics, self.from_year..=self.to_year);
        let found = found.map_err(|fault| {
            one_way("ics", &fault.to_string()).with("place", json!(format!("line {}", fault.line)))
        })?;
        Ok((calendar, found))
    }
}

/// The command of what a file says.
pub(super) fn import(found: &Holidays) -> CalendarCommand {
    CalendarCommand::ImportHolidays(ImportHolidays { dates: found.dates.keys().copied().collect() })
}
