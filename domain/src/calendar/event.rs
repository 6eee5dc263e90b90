//! What can have happened to a calendar. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::opening_hours::OpeningHours;

/// An event of a calendar's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "calendar.", serialize_all = "snake_case")]
pub enum CalendarEvent {
    /// See [`Defined`].
    Defined(Box<Defined>),
}

impl DomainEvent for CalendarEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// This is the calendar from now on, as a whole: its first version, or another one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// Unique, whatever its case.
    pub name: String,
    /// When somebody is there; in the event's own fields.
    #[serde(flatten)]
    pub hours: OpeningHours,
}
