//! What can have happened to a ticket's items. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::ItemRole;
use crate::kernel::CiId;

/// An event of the stream of a ticket's items.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ticket_items.", serialize_all = "snake_case")]
pub enum TicketItemsEvent {
    /// See [`Linked`].
    Linked(Linked),
    /// See [`Unlinked`].
    Unlinked(Unlinked),
    /// See [`Computed`].
    Computed(Computed),
}

impl DomainEvent for TicketItemsEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// It is about this item from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// Which.
    pub ci: CiId,
    /// What it is to the ticket.
    pub role: ItemRole,
    /// What falls from now on, if that was computed; else what was computed before stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
}

/// It is no longer about this item.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unlinked {
    /// Which.
    pub ci: CiId,
    /// What falls from now on, if that was computed; else what was computed before stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub computed: Option<Computed>,
}

/// What falls with the ticket's own items. The set can be made again from this, and proved by its
/// digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Computed {
    /// The number in the log up to which items, relations, classes and other tickets' items were
    /// known to the computing.
    pub position: i64,
    /// The ticket's own items that failed.
    pub sources: BTreeSet<CiId>,
    /// Its own items that did not fail, and behind which nothing falls.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub walls: BTreeSet<CiId>,
    /// How many relations away it was followed.
    pub depth: u8,
    /// Whether redundancy was looked at.
    pub redundancy: bool,
    /// How many items of other open incidents counted as failed.
    pub context: u32,
    /// SHA-256, in hex, over the set: each item with what becomes of it and its depth, in the order
    /// of their identities.
    pub digest: String,
    /// How many items fall, without the sources.
    pub count: u32,
    /// How many of these are contacts.
    pub contacts: u32,
    /// Whether there is more than was computed.
    pub truncated: bool,
}
