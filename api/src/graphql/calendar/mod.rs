//! Calendars: when somebody is there, and what that means for any span of time.

mod input;
mod mutation;
mod preview;
mod query;
mod types;
mod words;

pub(super) use input::CalendarHoursInput;
pub(super) use mutation::CalendarMutation;
pub(super) use query::CalendarQuery;
pub(super) use types::Calendar;
