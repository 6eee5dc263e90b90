//! Calendars.

use domain::Fact;
use domain::calendar::event::Defined;
use domain::calendar::{CalendarEvent, HoursDraft, Weekday, WeeklyDraft};
use domain::kernel::CalendarId;
use strum::IntoEnumIterator;
use uuid::Uuid;

pub(crate) const OFFICE: CalendarId = CalendarId(Uuid::from_u128(0xca1));
pub(crate) const NIGHTS: CalendarId = CalendarId(Uuid::from_u128(0xca2));

/// A calendar's next version: the same hours every day, in UTC.
pub(crate) fn defined(id: CalendarId, opens: &str, closes: &str) -> Fact {
    let hours =
        |weekday| WeeklyDraft { weekday, opens: opens.to_owned(), closes: closes.to_owned() };
    let weekly = Weekday::iter().map(hours).collect();
    let draft = HoursDraft { zone: "UTC".to_owned(), weekly, ..HoursDraft::default() };
    let defined = Defined { name: id.to_string(), hours: draft.fit().unwrap() };
    Fact::Calendar(id, CalendarEvent::Defined(Box::new(defined)))
}

/// The same of the office.
pub(crate) fn office(opens: &str, closes: &str) -> Fact {
    defined(OFFICE, opens, closes)
}
