//! The row, and how an event changes it.

use domain::kernel::{PersonId, QueueId, UnitId};
use domain::queue::{QueueEvent, Sharing};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// A saved queue.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct QueueRow {
    /// Its stream.
    pub queue_id: QueueId,
    /// Who saved it.
    pub owner_id: PersonId,
    /// The unit it is shared with.
    pub unit_id: Option<UnitId>,
    /// As its owner calls it.
    pub name: String,
    /// Who sees it.
    pub sharing: Sharing,
    /// The list's filter, as the API takes it; without one: an empty one.
    pub filter: Value,
    /// The list's order, likewise.
    pub ordering: Value,
    /// What is shown of each ticket, in order.
    pub columns: Vec<String>,
    /// Whether it is gone; no query answers such a one.
    pub removed: bool,
    /// The number of its events.
    pub version: i64,
}

impl QueueRow {
    /// The row after an event; none as long as the queue was not saved.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        queue_event: &QueueEvent,
        id: QueueId,
    ) -> Option<Self> {
        let row = match (row, queue_event) {
            (None, QueueEvent::Saved(e)) => Some(Self {
                queue_id: id,
                owner_id: e.owner,
                unit_id: e.unit,
                name: e.name.clone(),
                sharing: e.sharing,
                filter: said(&e.filter),
                ordering: e.order.clone(),
                columns: e.columns.clone(),
                removed: false,
                version: 0,
            }),
            (Some(row), QueueEvent::Rearranged(e)) => Some(Self {
                unit_id: e.unit,
                name: e.name.clone(),
                sharing: e.sharing,
                filter: said(&e.filter),
                ordering: e.order.clone(),
                columns: e.columns.clone(),
                ..row
            }),
            (Some(row), QueueEvent::Removed(_)) => Some(Self { removed: true, ..row }),
            (row, QueueEvent::Saved(_) | QueueEvent::Rearranged(_) | QueueEvent::Removed(_)) => row,
        };
        row.map(|row| Self { version: event.sequence, ..row })
    }
}

/// A column of JSON has no place for its null.
fn said(filter: &Value) -> Value {
    if filter.is_null() { json!({}) } else { filter.clone() }
}
