//! The row.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use journal::Recorded;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::rows::{ERASED, micros, shown};

/// An event, told for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimelineRow {
    /// Its permanent number.
    pub global_seq: i64,
    /// Stream type.
    pub aggregate_type: String,
    /// Stream identity.
    pub aggregate_id: Uuid,
    /// Number within the stream, from 1.
    pub sequence: i64,
    /// Wire name: `ticket.assigned`.
    pub event_type: String,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When the journal learnt it.
    pub recorded_at: DateTime<Utc>,
    /// Who: `person:<uuid>`, `import` or `system`.
    pub actor: String,
    /// For whom, when that is somebody else.
    pub on_behalf_of: Option<PersonId>,
    /// Through which door: `graphql`, `import`, …
    pub source: String,
    /// Why, in the actor's words; `erased` when nobody can know any more.
    pub reason: Option<String>,
    /// What changed by it, by field.
    pub changes: Vec<Change>,
    /// The command it came from.
    pub command_id: Uuid,
    /// Groups what one request or import row caused.
    pub correlation_id: Uuid,
    /// What led to it.
    pub causation_id: Option<Uuid>,
}

/// A field that changed. Ids are UUID texts, lists are joined by `, `, what has fields of its own is
/// told as `level: 3, certified_until: 2027-01-31`, personal texts are clear or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// In snake case.
    pub field: String,
    /// None: there was nothing.
    pub from: Option<String>,
    /// None: there is nothing any more.
    pub to: Option<String>,
}

impl TimelineRow {
    /// The row of an event that made these changes.
    pub(super) fn of(recorded: &Recorded, aggregate_id: Uuid, changes: Vec<Change>) -> Self {
        let event = &recorded.event;
        Self {
            global_seq: recorded.global_seq,
            aggregate_type: event.aggregate_type.clone(),
            aggregate_id,
            sequence: event.sequence,
            event_type: event.event_type.clone(),
            occurred_at: micros(event.meta.occurred_at),
            recorded_at: micros(event.recorded_at),
            actor: event.meta.actor.to_string(),
            on_behalf_of: event.meta.on_behalf_of,
            source: event.meta.source.to_string(),
            reason: event.meta.reason.as_ref().map(shown),
            changes,
            command_id: event.meta.command_id,
            correlation_id: event.meta.correlation_id,
            causation_id: event.meta.causation_id,
        }
    }

    /// As readers want it: without what the event said and was so before. One that is erased may
    /// have been another.
    pub(super) fn tidy(mut self) -> Self {
        self.changes
            .retain(|change| change.from != change.to || change.to.as_deref() == Some(ERASED));
        self
    }
}
