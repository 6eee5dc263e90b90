//! What can have happened to the settings. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::matrix::PriorityMatrix;

/// An event of the settings' stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "settings.", serialize_all = "snake_case")]
pub enum SettingsEvent {
    /// See [`Established`].
    Established(Established),
}

impl DomainEvent for SettingsEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The deployment works under these settings from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Established {
    /// Impact and urgency to priority.
    pub priority_matrix: PriorityMatrix,
    /// Days after closing in which a ticket may be reopened.
    pub reopen_after_close_days: u16,
}
