//! What can have happened to a template of grants. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::{Granted, Scope};

/// An event of a template's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "access_template.", serialize_all = "snake_case")]
pub enum AccessTemplateEvent {
    /// This is the template from now on.
    Defined(Box<Definition>),
    /// It is another one from now on.
    Redefined(Box<Definition>),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for AccessTemplateEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What is granted together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Definition {
    /// Unique, whatever its case.
    pub name: String,
    /// What is granted, in order.
    pub items: Vec<Item>,
}

/// One of the grants.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// What is granted.
    pub what: Granted,
    /// Where.
    #[serde(default)]
    pub scope: Scope,
    /// For how many hours; none: for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<u32>,
}

/// Nothing is granted by it any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Retired {}
