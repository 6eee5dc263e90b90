//! Define: this is the calendar, as a whole.

use crate::calendar::draft::HoursDraft;
use crate::calendar::event::{CalendarEvent, Defined};
use crate::calendar::refusal::CalendarRefusal;
use crate::calendar::state::Calendar;
use crate::kernel::Context;
use crate::kernel::text::{self, NAME_MAX};

/// H1, H3, H4, H5. Name and hours are said as a whole, for the first time or anew. The same again
/// changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// When somebody is there.
    pub hours: HoursDraft,
}

impl Define {
    pub(in crate::calendar) fn decide(
        self,
        calendar: &Calendar,
        _cx: &Context,
    ) -> Result<Vec<CalendarEvent>, CalendarRefusal> {
        let name = text::line(&self.name, NAME_MAX).map_err(CalendarRefusal::NameUnfit)?;
        let hours = self.hours.fit()?;
        if calendar.0.as_deref().is_some_and(|body| (&name, &hours) == (&body.name, &body.hours)) {
            return Ok(vec![]);
        }
        Ok(vec![CalendarEvent::Defined(Box::new(Defined { name, hours }))])
    }
}
