//! The rows.

use chrono::{DateTime, Utc};
use domain::kernel::{CiId, TicketId};
use domain::ticket_items::{Computed, ItemRole};
use journal::Recorded;
use serde::{Deserialize, Serialize};
use strum::{Display, EnumString};

use crate::rows::micros;

/// What an item is to a ticket.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumString,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Role {
    /// It failed: somebody said so.
    Manual,
    /// It did not: somebody said so.
    NotImpacted,
    /// It is the service that is asked for.
    Service,
    /// It falls with the manual ones.
    Computed,
}

impl From<ItemRole> for Role {
    fn from(role: ItemRole) -> Self {
        match role {
            ItemRole::Manual => Self::Manual,
            ItemRole::NotImpacted => Self::NotImpacted,
            ItemRole::Service => Self::Service,
        }
    }
}

/// What an item is to a ticket, for as long as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemRow {
    /// The ticket.
    pub ticket_id: TicketId,
    /// The item.
    pub ci_id: CiId,
    /// What it is to it.
    pub role: Role,
    /// How many relations away from the nearest manual one; 0 of those named by hand.
    pub depth: i16,
    /// Since which number of the log.
    pub since_seq: i64,
    /// From which number on no more; none: it is so.
    pub until_seq: Option<i64>,
}

/// A manual item of an open incident, for as long as it is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct FailureRow {
    pub(super) ticket_id: TicketId,
    pub(super) ci_id: CiId,
    pub(super) since_seq: i64,
    pub(super) until_seq: Option<i64>,
}

/// A ticket's part in what others reckon with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LifeRow {
    pub(super) ticket_id: TicketId,
    pub(super) is_incident: bool,
    pub(super) is_open: bool,
}

/// What was computed last for a ticket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImpactRow {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Up to which number of the log everything was known to it.
    pub position: i64,
    /// SHA-256 over the set, in hex.
    pub digest: String,
    /// How many relations away it was followed.
    pub depth: i16,
    /// Whether redundancy was looked at.
    pub redundancy: bool,
    /// How many items of other open incidents counted as failed.
    pub context: i64,
    /// How many items fall.
    pub fallen: i64,
    /// How many of these are contacts.
    pub contacts: i64,
    /// Whether there is more than was computed.
    pub truncated: bool,
    /// When.
    pub computed_at: DateTime<Utc>,
}

impl ImpactRow {
    /// What an event says.
    pub(super) fn of(ticket_id: TicketId, computed: &Computed, recorded: &Recorded) -> Self {
        Self {
            ticket_id,
            position: computed.position,
            digest: computed.digest.clone(),
            depth: computed.depth.into(),
            redundancy: computed.redundancy,
            context: computed.context.into(),
            fallen: computed.count.into(),
            contacts: computed.contacts.into(),
            truncated: computed.truncated,
            computed_at: micros(recorded.event.meta.occurred_at),
        }
    }
}
