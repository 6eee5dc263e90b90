//! The days of the week.

use crate::kernel::words::words;

words! {
    /// A day of the week.
    Weekday {
        /// As in English.
        Monday,
        /// Likewise.
        Tuesday,
        /// Likewise.
        Wednesday,
        /// Likewise.
        Thursday,
        /// Likewise.
        Friday,
        /// Likewise.
        Saturday,
        /// Likewise.
        Sunday,
    }
}

impl From<chrono::Weekday> for Weekday {
    fn from(day: chrono::Weekday) -> Self {
        match day {
            chrono::Weekday::Mon => Self::Monday,
            chrono::Weekday::Tue => Self::Tuesday,
            chrono::Weekday::Wed => Self::Wednesday,
            chrono::Weekday::Thu => Self::Thursday,
            chrono::Weekday::Fri => Self::Friday,
            chrono::Weekday::Sat => Self::Saturday,
            chrono::Weekday::Sun => Self::Sunday,
        }
    }
}
