//! What can have happened to a subject. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

/// An event of a subject's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "subject.", serialize_all = "snake_case")]
pub enum SubjectEvent {
    /// See [`Created`].
    Created(Created),
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
