//! A calendar: when somebody is there, as the clocks of its zone show it; one stream each.
//!
//! ```text
//!   (none) ── define ──▶ defined ─┐ define, import holidays:
//!                        ▲        │ a new version
//!                        └────────┘
//! ```
//!
//! Rules, by number:
//! - **H1** A calendar has a unique name and an IANA zone. It is defined as a whole; the same again
//!   changes nothing.
//! - **H2** Each event is a new version, numbered from 1; earlier ones stay what they were.
//! - **H3** Hours are of a weekday or of a date, several a day, disjoint, none across midnight;
//!   `24:00` is an end and nothing else. Without weekly hours it is never open.
//! - **H4** A date with hours of its own has those alone, a holiday among them too; any other
//!   holiday has none. A date without hours is said as a holiday.
//! - **H5** At most 200 weekly hours, 2,000 holidays and 2,000 hours of dates, all of the years 1970
//!   to 2199.
//! - **H6** Imported holidays are added to those there are.
//!
//! Not here: counting with it ([`crate::sla::hours`]), reading files of holidays
//! ([`crate::import::ical`]). Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod draft;
pub mod event;
pub mod opening_hours;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod time_of_day;
pub mod words;

pub use command::CalendarCommand;
pub use draft::{ExtraDraft, HoursDraft, WeeklyDraft};
pub use event::CalendarEvent;
pub use opening_hours::{ExtraHours, OpeningHours, WeeklyHours};
pub use refusal::CalendarRefusal;
pub use state::Calendar;
pub use time_of_day::TimeOfDay;
pub use words::Weekday;
