//! What can have happened to a role. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::RoleDefinition;

/// An event of a role's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "role.", serialize_all = "snake_case")]
pub enum RoleEvent {
    /// This is the role from now on.
    Defined(Box<RoleDefinition>),
    /// It is another one from now on, for everybody who has it.
    Redefined(Box<RoleDefinition>),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for RoleEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// It permits nothing any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
