//! What can have happened to a recurrence. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::rule::Rule;
use super::words::{ClosedDay, Missed, Why};
use crate::kernel::{CalendarId, PersonId, SubjectId, TemplateId, TicketId, UnitId};
use crate::ticket::Priority;

/// An event of a recurrence's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "recurrence.", serialize_all = "snake_case")]
pub enum RecurrenceEvent {
    /// See [`Defined`].
    Defined(Box<Defined>),
    /// See [`Stopped`].
    Stopped(Stopped),
    /// See [`Opened`].
    Opened(Opened),
    /// See [`PassedOver`].
    PassedOver(PassedOver),
}

impl DomainEvent for RecurrenceEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What is opened when.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Definition {
    /// Unique, whatever its case.
    pub name: String,
    /// What the tickets start with.
    pub template: TemplateId,
    /// Whose they are to do; none: as the template says, else routing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// What they are about; none: as the template says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// How pressing they are; none: as the template says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// For whom.
    pub requester: PersonId,
    /// On which days, and when on them; in the definition's own fields.
    #[serde(flatten)]
    pub rule: Rule,
    /// Which days are open; none: all are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub calendar: Option<CalendarId>,
    /// What becomes of occurrences on the others.
    pub closed_day: ClosedDay,
    /// What becomes of occurrences that nobody was there to open.
    pub missed: Missed,
}

/// These tickets are opened from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// What is opened when; in the event's own fields.
    #[serde(flatten)]
    pub definition: Definition,
    /// Later occurrences than this are opened by it.
    pub since: DateTime<Utc>,
}

/// No ticket is opened by it until it is defined anew.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stopped {}

/// A ticket was opened by it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// When it was due.
    pub occurrence: DateTime<Utc>,
    /// Which.
    pub ticket: TicketId,
}

/// No ticket was opened for one or several occurrences, and none will be.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PassedOver {
    /// When the last of them was due.
    pub occurrence: DateTime<Utc>,
    /// How many they are.
    pub count: u32,
    /// Why.
    pub why: Why,
    /// The code of the refusal, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}
