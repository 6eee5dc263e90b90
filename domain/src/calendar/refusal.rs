//! The calendar's business "no".

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a calendar is refused. The variant's name is the code: `CALENDAR_ZONE_UNKNOWN`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "CALENDAR_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum CalendarRefusal {
    /// H6: no such calendar.
    #[error("there is no such calendar")]
    NotFound,
    /// H1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// H1
    #[error("the zone is none of the IANA time zone database, such as Europe/Berlin")]
    ZoneUnknown,
    /// H3
    #[error("{0} is not a time of day such as 08:00, 17:30:15 or 24:00")]
    TimeUnfit(Place),
    /// H3: for no time at all.
    #[error("{0} is the time at which it opens")]
    HoursEmpty(Place),
    /// H3
    #[error("{0} is earlier than it opens: hours across midnight are two, one of them to 24:00")]
    HoursAcrossMidnight(Place),
    /// H3
    #[error("{place} overlaps with {other}")]
    HoursOverlap {
        /// The later ones.
        place: Place,
        /// The earlier ones.
        other: Place,
    },
    /// H5
    #[error("{0} is not of the years 1970 to 2199")]
    DateUnfit(Place),
    /// H4: the same holiday twice.
    #[error("{place} is the same date as {other}")]
    HolidayTwice {
        /// The second one.
        place: Place,
        /// The first one.
        other: Place,
    },
    /// H5
    #[error("there are at most {max} {list}")]
    TooMany {
        /// Of what.
        list: List,
        /// How many there may be.
        max: usize,
    },
}

/// A list of what a calendar says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// Hours of weekdays.
    Weekly,
    /// Dates without hours.
    Holidays,
    /// Hours of dates.
    ExtraDays,
}

/// Where something is said: `weekly[3].closes`, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// In which list.
    pub list: List,
    /// Which of them, counted from 0.
    pub index: usize,
    /// Which field, if it is about one.
    pub part: Option<&'static str>,
}

impl List {
    fn name(self) -> &'static str {
        match self {
            Self::Weekly => "weekly",
            Self::Holidays => "holidays",
            Self::ExtraDays => "extraDays",
        }
    }
}

impl fmt::Display for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Weekly => "weekly hours",
            Self::Holidays => "holidays",
            Self::ExtraDays => "hours of extra days",
        })
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]", self.list.name(), self.index)?;
        self.part.map_or(Ok(()), |part| write!(f, ".{part}"))
    }
}

impl CalendarRefusal {
    /// Where it is said, when it is one place of a list.
    fn place(&self) -> Option<Place> {
        match self {
            Self::NotFound | Self::NameUnfit(_) | Self::ZoneUnknown | Self::TooMany { .. } => None,
            Self::TimeUnfit(place)
            | Self::HoursEmpty(place)
            | Self::HoursAcrossMidnight(place)
            | Self::HoursOverlap { place, .. }
            | Self::DateUnfit(place)
            | Self::HolidayTwice { place, .. } => Some(*place),
        }
    }
}

impl Refusal for CalendarRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound => None,
            Self::NameUnfit(_) => Some("name"),
            Self::ZoneUnknown => Some("zone"),
            Self::TooMany { list, .. } => Some(list.name()),
            _ => self.place().map(|place| place.list.name()),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        let mut meta = BTreeMap::new();
        if let Some(place) = self.place() {
            meta.insert("place", json!(place.to_string()));
        }
        match self {
            Self::HoursOverlap { other, .. } | Self::HolidayTwice { other, .. } => {
                meta.insert("other", json!(other.to_string()));
            }
            Self::TooMany { max, .. } => {
                meta.insert("max", json!(max));
            }
            _ => {}
        }
        meta
    }
}
