//! The row, and how an event changes it: through the domain's own evolve.

use chrono::{DateTime, Utc};
use domain::kernel::{RecurrenceId, TicketId};
use domain::recurrence::state::Body;
use domain::recurrence::{Definition, Recurrence, RecurrenceEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::micros;

/// A ticket that is opened again and again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecurrenceRow {
    /// Its stream.
    pub recurrence_id: RecurrenceId,
    /// Unique, whatever its case.
    pub name: String,
    /// What is opened when, with its name.
    pub definition: Definition,
    /// Whether nothing is opened until it is defined anew.
    pub stopped: bool,
    /// Occurrences until then are seen to.
    pub seen_to: DateTime<Utc>,
    /// The ticket that was opened last.
    pub last_ticket_id: Option<TicketId>,
    /// The number of its events.
    pub version: i64,
}

impl RecurrenceRow {
    /// The row after an event; none before it is defined.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        recurrence_event: &RecurrenceEvent,
        id: RecurrenceId,
    ) -> Option<Self> {
        let mut last_ticket_id = row.as_ref().and_then(|row| row.last_ticket_id);
        if let RecurrenceEvent::Opened(opened) = recurrence_event {
            last_ticket_id = Some(opened.ticket);
        }
        let mut it = Recurrence(row.map(|row| {
            let Self { definition, stopped, seen_to, .. } = row;
            Box::new(Body { definition, stopped, seen_to })
        }));
        it.evolve(recurrence_event.clone());
        it.0.map(|body| Self {
            recurrence_id: id,
            name: body.definition.name.clone(),
            definition: body.definition,
            stopped: body.stopped,
            seen_to: micros(body.seen_to),
            last_ticket_id,
            version: event.sequence,
        })
    }
}
