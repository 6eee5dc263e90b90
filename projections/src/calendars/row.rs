//! The row, and how an event makes it.

use domain::calendar::{CalendarEvent, OpeningHours};
use domain::kernel::CalendarId;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

/// A calendar, as it was last defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalendarRow {
    /// Its stream.
    pub calendar_id: CalendarId,
    /// Unique, whatever its case.
    pub name: String,
    /// When somebody is there.
    pub hours: OpeningHours,
    /// The number of its events, and of this definition.
    pub version: i64,
}

impl CalendarRow {
    /// The row after an event, whatever was before.
    pub fn of(event: &StreamEvent, calendar_event: &CalendarEvent, id: CalendarId) -> Self {
        let CalendarEvent::Defined(defined) = calendar_event;
        Self {
            calendar_id: id,
            name: defined.name.clone(),
            hours: defined.hours.clone(),
            version: event.sequence,
        }
    }
}
