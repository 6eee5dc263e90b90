//! What can have happened to a baseline. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::Personal;

/// An event of a baseline's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "baseline.", serialize_all = "snake_case")]
pub enum BaselineEvent {
    /// See [`Named`].
    Named(Named),
    /// See [`Renamed`].
    Renamed(Renamed),
    /// See [`Withdrawn`].
    Withdrawn(Withdrawn),
}

impl DomainEvent for BaselineEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// A moment has a name from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// Unique, whatever its case, among those that are not withdrawn.
    pub name: String,
    /// After the event of the log with this number; none: after this event itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
}

/// It is called otherwise from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// Unique likewise.
    pub name: String,
}

/// It does not count any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Withdrawn {}
