//! What can have happened to a saved queue. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::words::Sharing;
use crate::kernel::{PersonId, UnitId};

/// An event of a saved queue's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "queue.", serialize_all = "snake_case")]
pub enum QueueEvent {
    /// See [`Saved`].
    Saved(Box<Saved>),
    /// See [`Rearranged`].
    Rearranged(Box<Rearranged>),
    /// See [`Removed`].
    Removed(Removed),
}

impl DomainEvent for QueueEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The queue is there from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// Who saved it.
    pub owner: PersonId,
    /// The unit it is shared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// As its owner calls it.
    pub name: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The list's filter, as the API takes it.
    pub filter: Value,
    /// The list's order, likewise.
    pub order: Value,
    /// What is shown of each ticket, in order.
    pub columns: Vec<String>,
}

/// The queue shows something else from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Rearranged {
    /// The unit it is shared with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// As its owner calls it.
    pub name: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The list's filter, as the API takes it.
    pub filter: Value,
    /// The list's order, likewise.
    pub order: Value,
    /// What is shown of each ticket, in order.
    pub columns: Vec<String>,
}

/// The queue is gone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Removed {}
