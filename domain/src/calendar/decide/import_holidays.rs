//! Import holidays: a file says which dates are none of work.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::calendar::draft::fit_holidays;
use crate::calendar::event::{CalendarEvent, Defined};
use crate::calendar::opening_hours::OpeningHours;
use crate::calendar::refusal::CalendarRefusal;
use crate::calendar::state::Calendar;
use crate::kernel::Context;

/// H6, H5. These dates are holidays too. Those that are already change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportHolidays {
    /// Of the years 1970 to 2199; at most 2,000 with those there are.
    pub dates: BTreeSet<NaiveDate>,
}

impl ImportHolidays {
    pub(in crate::calendar) fn decide(
        self,
        calendar: &Calendar,
        _cx: &Context,
    ) -> Result<Vec<CalendarEvent>, CalendarRefusal> {
        let body = calendar.body()?;
        if self.dates.is_subset(&body.hours.holidays) {
            return Ok(vec![]);
        }
        // Each date by itself first: a place in what was sent is of more use than one in the sum.
        fit_holidays(&self.dates.iter().copied().collect::<Vec<_>>())?;
        let holidays: Vec<NaiveDate> = (&body.hours.holidays | &self.dates).into_iter().collect();
        let hours = OpeningHours { holidays: fit_holidays(&holidays)?, ..body.hours.clone() };
        Ok(vec![CalendarEvent::Defined(Box::new(Defined { name: body.name.clone(), hours }))])
    }
}
