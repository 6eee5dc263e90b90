//! A calendar, as a row of the read side.

use async_graphql::{ID, Object, SimpleObject};
use domain::calendar::{ExtraHours, WeeklyHours};
use projections::calendars::CalendarRow;

use super::words::Weekday;
use crate::graphql::id::encode;
use crate::graphql::scalar::Date;

/// When somebody is there.
pub(in crate::graphql) struct Calendar(pub(in crate::graphql) CalendarRow);

/// Hours of each such day.
#[derive(SimpleObject)]
struct CalendarWeekly {
    /// Which day.
    weekday: Weekday,
    /// Their first second, such as 08:00.
    opens: String,
    /// The first second behind them, up to 24:00.
    closes: String,
}

/// Hours of one date, instead of those of its weekday.
#[derive(SimpleObject)]
struct CalendarExtraDay {
    /// Which date.
    date: Date,
    /// Their first second, such as 08:00.
    opens: String,
    /// The first second behind them, up to 24:00.
    closes: String,
}

/// When somebody is there, as the clocks of a zone show it. Each definition is a version of its own;
/// earlier ones stand in the timeline.
#[Object]
impl Calendar {
    /// Opaque and global.
    pub(in crate::graphql) async fn id(&self) -> ID {
        encode(self.0.calendar_id)
    }

    /// Unique, whatever its case.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The IANA name of its time zone.
    async fn zone(&self) -> &str {
        self.0.hours.zone.name()
    }

    /// Hours of weekdays, by day and time; none: never open, but for extra days.
    async fn weekly(&self) -> Vec<CalendarWeekly> {
        self.0.hours.weekly.iter().map(Into::into).collect()
    }

    /// Dates without hours.
    async fn holidays(&self) -> Vec<Date> {
        self.0.hours.holidays.iter().copied().map(Date).collect()
    }

    /// Dates with hours of their own, which beat the weekday's and a holiday.
    async fn extra_days(&self) -> Vec<CalendarExtraDay> {
        self.0.hours.extra_days.iter().map(Into::into).collect()
    }

    /// The number of its events: what `expectedVersion` is compared with.
    async fn version(&self) -> i64 {
        self.0.version
    }
}

impl From<&WeeklyHours> for CalendarWeekly {
    fn from(hours: &WeeklyHours) -> Self {
        Self {
            weekday: hours.weekday.into(),
            opens: hours.opens.to_string(),
            closes: hours.closes.to_string(),
        }
    }
}

impl From<&ExtraHours> for CalendarExtraDay {
    fn from(hours: &ExtraHours) -> Self {
        Self {
            date: Date(hours.date),
            opens: hours.opens.to_string(),
            closes: hours.closes.to_string(),
        }
    }
}
