//! The row, and how an event changes it.

use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, UnitId};
use domain::unit::{UnitEvent, UnitKind};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::micros;

/// A unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitRow {
    /// Its stream.
    pub unit_id: UnitId,
    /// Unique, whatever its case.
    pub name: String,
    /// What sort.
    pub kind: UnitKind,
    /// The department it stands in.
    pub parent_id: Option<UnitId>,
    /// Who belongs to it, sorted.
    pub people_ids: Vec<PersonId>,
    /// Who heads it, sorted.
    pub head_ids: Vec<PersonId>,
    /// Who speaks for a customer organisation.
    pub lead_id: Option<PersonId>,
    /// When it was created.
    pub created_at: DateTime<Utc>,
    /// The number of its events.
    pub version: i64,
}

impl UnitRow {
    /// The row after an event; none as long as the unit was not created.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        unit_event: &UnitEvent,
        id: UnitId,
    ) -> Option<Self> {
        let mut row = row;
        match unit_event {
            UnitEvent::Created(e) => {
                row.get_or_insert_with(|| Self {
                    unit_id: id,
                    name: e.name.clone(),
                    kind: e.kind,
                    parent_id: e.parent,
                    people_ids: Vec::new(),
                    head_ids: Vec::new(),
                    lead_id: None,
                    created_at: micros(event.meta.occurred_at),
                    version: 0,
                });
            }
            UnitEvent::Joined(e) => insert(row.as_mut().map(|row| &mut row.people_ids), e.person),
            UnitEvent::HeadAppointed(e) => {
                insert(row.as_mut().map(|row| &mut row.head_ids), e.person);
            }
            UnitEvent::LeadAppointed(e) => {
                if let Some(row) = &mut row {
                    row.lead_id = Some(e.person);
                }
            }
            UnitEvent::Renamed(_)
            | UnitEvent::Left(_)
            | UnitEvent::HeadDismissed(_)
            | UnitEvent::RoutingChosen(_)
            | UnitEvent::Closed(_) => {}
        }
        row.map(|row| Self { version: event.sequence, ..row })
    }
}

/// Once, and in order.
fn insert(people: Option<&mut Vec<PersonId>>, person: PersonId) {
    if let Some(people) = people
        && let Err(place) = people.binary_search(&person)
    {
        people.insert(place, person);
    }
}
