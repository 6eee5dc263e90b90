//! What a calendar says, as it is stored.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::time_of_day::TimeOfDay;
use super::words::Weekday;

/// When somebody is there. A date has the hours of its extra days, if it has any; else none, if it
/// is a holiday; else those of its weekday. Without weekly hours it is shut but for extra days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpeningHours {
    /// Whose clocks they are read on, by its IANA name: `Europe/Berlin`.
    pub zone: Tz,
    /// By weekday and time, disjoint, none across midnight.
    pub weekly: Vec<WeeklyHours>,
    /// Dates with no hours at all.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub holidays: BTreeSet<NaiveDate>,
    /// Dates with hours of their own, by date and time, disjoint, none across midnight.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extra_days: Vec<ExtraHours>,
}

/// Hours of each such day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct WeeklyHours {
    /// Which day.
    pub weekday: Weekday,
    /// Their first second.
    pub opens: TimeOfDay,
    /// The first second behind them.
    pub closes: TimeOfDay,
}

/// Hours of one date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExtraHours {
    /// Which date.
    pub date: NaiveDate,
    /// Their first second.
    pub opens: TimeOfDay,
    /// The first second behind them.
    pub closes: TimeOfDay,
}
