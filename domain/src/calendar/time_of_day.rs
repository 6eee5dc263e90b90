//! A time of day, as a clock on the wall shows it.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Seconds of a day whose clock is not changed.
const DAY: u32 = 86_400;

/// A time of day in whole seconds, from `00:00` to `24:00`; written `08:00`, or `08:00:30` where
/// there are seconds. `24:00` is the end of a day and nothing else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TimeOfDay(u32);

/// The text is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a time of day such as 08:00, 17:30:15 or 24:00")]
pub struct NotATime;

impl TimeOfDay {
    /// The first second of a day.
    pub const START: Self = Self(0);
    /// Behind the last second of a day.
    pub const END: Self = Self(DAY);

    /// So many seconds after the day's start, by the clock; none beyond its end.
    pub fn from_seconds(seconds: u32) -> Option<Self> {
        (seconds <= DAY).then_some(Self(seconds))
    }

    /// How many seconds after the day's start, by the clock.
    pub fn seconds(self) -> u32 {
        self.0
    }
}

impl FromStr for TimeOfDay {
    type Err = NotATime;

    fn from_str(text: &str) -> Result<Self, NotATime> {
        let parts: Vec<u32> =
            text.split(':').map(two_digits).collect::<Option<_>>().ok_or(NotATime)?;
        let (hours, minutes, seconds) = match parts[..] {
            [hours, minutes] => (hours, minutes, 0),
            [hours, minutes, seconds] => (hours, minutes, seconds),
            _ => return Err(NotATime),
        };
        if minutes > 59 || seconds > 59 {
            return Err(NotATime);
        }
        Self::from_seconds(hours * 3600 + minutes * 60 + seconds).ok_or(NotATime)
    }
}

fn two_digits(text: &str) -> Option<u32> {
    let fits = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| fits)
}

impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (hours, minutes, seconds) = (self.0 / 3600, self.0 / 60 % 60, self.0 % 60);
        write!(f, "{hours:02}:{minutes:02}")?;
        if seconds > 0 { write!(f, ":{seconds:02}") } else { Ok(()) }
    }
}

impl TryFrom<String> for TimeOfDay {
    type Error = NotATime;
    fn try_from(text: String) -> Result<Self, NotATime> {
        text.parse()
    }
}

impl From<TimeOfDay> for String {
    fn from(time: TimeOfDay) -> Self {
        time.to_string()
    }
}
