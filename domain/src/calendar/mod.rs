//! A calendar.
pub mod opening_hours;
pub mod time_of_day;
pub mod words;
pub use opening_hours::{ExtraHours, OpeningHours, WeeklyHours};
pub use time_of_day::TimeOfDay;
pub use words::Weekday;
