//! What can have happened to a subject. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::{SlaPlanId, UnitId};
use crate::ticket::{Priority, Tier};

/// An event of a subject's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "subject.", serialize_all = "snake_case")]
pub enum SubjectEvent {
    /// See [`Created`].
    Created(Created),
    /// See [`Renamed`].
    Renamed(Renamed),
    /// See [`DefaultsChosen`].
    DefaultsChosen(DefaultsChosen),
    /// See [`Retired`].
    Retired(Retired),
    /// See [`Restored`].
    Restored(Restored),
}

impl DomainEvent for SubjectEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The subject exists from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// Unique, whatever its case.
    pub name: String,
}

/// The subject has another name from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// Unique, whatever its case.
    pub name: String,
}

/// Tickets about it start like this from now on.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DefaultsChosen {
    /// Which unit they go to; none: dispatch.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// Their priority when nobody says one; none: NORMAL.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// What whoever works on them has to be able to do, in lower case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skill: Option<String>,
    /// The tier that works on them; none: any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tier: Option<Tier>,
    /// The service level plan that measures them; none: that of their kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla_plan: Option<SlaPlanId>,
}

/// No new ticket is about it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}

/// New tickets may be about it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Restored {}
