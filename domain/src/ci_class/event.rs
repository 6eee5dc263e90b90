//! What can have happened to a class. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::cmdb::Definition;

/// An event of a class's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ci_class.", serialize_all = "snake_case")]
pub enum CiClassEvent {
    /// This is the class from now on.
    Defined(Box<Definition>),
}

impl DomainEvent for CiClassEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}
