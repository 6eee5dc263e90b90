//! What can have happened to a hold. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::{PersonId, Personal, TicketId};

/// An event of a hold's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "evidence_hold.", serialize_all = "snake_case")]
pub enum EvidenceHoldEvent {
    /// See [`Placed`].
    Placed(Placed),
    /// See [`Lifted`].
    Lifted(Lifted),
}

impl DomainEvent for EvidenceHoldEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What a hold is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldObject {
    /// All that is sealed under a person's key.
    Person(PersonId),
    /// All words in a ticket, whoever's they are.
    Ticket(TicketId),
}

/// This is evidence from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Placed {
    /// What.
    pub on: HeldObject,
    /// Why, under the deployment's key.
    pub why: Personal<String>,
    /// From then on no more; none: until it is lifted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// It is evidence no more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Lifted {
    /// Why, under the deployment's key.
    pub why: Personal<String>,
}
