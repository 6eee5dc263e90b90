//! The row, and how an event makes it.

use chrono::{DateTime, Utc};
use domain::evidence_hold::event::Placed;
use domain::evidence_hold::{EvidenceHoldEvent, HeldObject};
use domain::kernel::{EvidenceHoldId, PersonId, TicketId};
use journal::Recorded;
use serde::{Deserialize, Serialize};

use crate::rows::{actor_of, micros, shown};

/// A hold on evidence, as it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HoldRow {
    /// Its stream.
    pub hold_id: EvidenceHoldId,
    /// On whom, if it is on a person.
    pub person_id: Option<PersonId>,
    /// On which ticket, if it is on one.
    pub ticket_id: Option<TicketId>,
    /// Why.
    pub why: String,
    /// From then on no more; none: until it is lifted.
    pub until: Option<DateTime<Utc>>,
    /// By whom; none: nobody by hand.
    pub placed_by: Option<PersonId>,
    /// When, by `occurred_at`, as all instants here.
    pub placed_at: DateTime<Utc>,
    /// Who lifted it.
    pub lifted_by: Option<PersonId>,
    /// When.
    pub lifted_at: Option<DateTime<Utc>>,
    /// Why it was lifted.
    pub lift_why: Option<String>,
    /// The number of its events.
    pub version: i64,
}

impl HoldRow {
    /// The row after an event; none before it is placed.
    pub fn fold(
        before: Option<Self>,
        recorded: &Recorded,
        event: &EvidenceHoldEvent,
        id: EvidenceHoldId,
    ) -> Option<Self> {
        let at = micros(recorded.event.meta.occurred_at);
        let by = actor_of(&recorded.event.meta);
        let mut row = match (event, before) {
            (EvidenceHoldEvent::Placed(e), None) => Self::new(id, e, (at, by)),
            (_, before) => before?,
        };
        if let EvidenceHoldEvent::Lifted(e) = event {
            (row.lifted_by, row.lifted_at) = (by, Some(at));
            row.lift_why = Some(shown(&e.why));
        }
        row.version = recorded.event.sequence;
        Some(row)
    }

    fn new(
        id: EvidenceHoldId,
        placed: &Placed,
        (at, by): (DateTime<Utc>, Option<PersonId>),
    ) -> Self {
        let (person_id, ticket_id) = match placed.on {
            HeldObject::Person(person) => (Some(person), None),
            HeldObject::Ticket(ticket) => (None, Some(ticket)),
        };
        Self {
            hold_id: id,
            person_id,
            ticket_id,
            why: shown(&placed.why),
            until: placed.until.map(micros),
            placed_by: by,
            placed_at: at,
            lifted_by: None,
            lifted_at: None,
            lift_why: None,
            version: 0,
        }
    }

    /// Whether it protects anything at this instant.
    pub fn is_in_force(&self, at: DateTime<Utc>) -> bool {
        self.lifted_at.is_none() && self.until.is_none_or(|until| at < until)
    }
}
