//! The recurrence's business "no".

use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a recurrence is refused. The variant's name is the code.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "RECURRENCE_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum RecurrenceRefusal {
    /// G1: no such recurrence.
    #[error("there is no such recurrence")]
    NotFound,
    /// G1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// G1
    #[error("there is no such template")]
    TemplateUnknown,
    /// G1
    #[error("the template is retired")]
    TemplateRetired,
    /// G1
    #[error("tickets go to open departments and support units alone")]
    UnitUnfit,
    /// G1
    #[error("the subject is not known or retired")]
    SubjectUnfit,
    /// G1
    #[error("the requester is not known or not active")]
    RequesterUnknown,
    /// G1
    #[error("a person must stand behind this command")]
    PersonRequired,
    /// G2
    #[error("not a rule of RFC 5545 about days, such as FREQ=WEEKLY;BYDAY=MO, without UNTIL")]
    RuleUnfit,
    /// G2: no day at all.
    #[error("the rule has no occurrence ahead")]
    RuleNever,
    /// G2
    #[error("not a time of day from 00:00 to 23:59:59")]
    TimeUnfit,
    /// G2
    #[error("the zone is none of the IANA time zone database, such as Europe/Berlin")]
    ZoneUnknown,
    /// G2
    #[error("the first day is of the years 1970 to 2199")]
    FromUnfit,
    /// G2
    #[error("the last day is not before the first, and of the years 1970 to 2199")]
    UntilUnfit,
    /// G3
    #[error("there is no such calendar")]
    CalendarUnknown,
    /// G4
    #[error("the recurrence is stopped")]
    Stopped,
    /// G4
    #[error("the occurrence is seen to, or not due yet")]
    NotDue,
    /// G5
    #[error("occurrences are seen to by the system, not by people")]
    NotByPeople,
}

impl Refusal for RecurrenceRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound
            | Self::PersonRequired
            | Self::Stopped
            | Self::NotDue
            | Self::NotByPeople => None,
            Self::NameUnfit(_) => Some("name"),
            Self::TemplateUnknown | Self::TemplateRetired => Some("templateId"),
            Self::UnitUnfit => Some("unitId"),
            Self::SubjectUnfit => Some("subjectId"),
            Self::RequesterUnknown => Some("requesterId"),
            Self::RuleUnfit | Self::RuleNever => Some("rrule"),
            Self::TimeUnfit => Some("at"),
            Self::ZoneUnknown => Some("zone"),
            Self::FromUnfit => Some("from"),
            Self::UntilUnfit => Some("until"),
            Self::CalendarUnknown => Some("calendarId"),
        }
    }
}
