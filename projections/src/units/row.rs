//! The row, and how an event changes it: through the domain's own evolve.

use chrono::{DateTime, Utc};
use domain::access::model::ClassSet;
use domain::kernel::{PersonId, UnitId};
use domain::unit::state::Body;
use domain::unit::{RoutingMethod, Unit, UnitEvent, UnitKind};
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
    /// How its new tickets find their people.
    pub routing: RoutingMethod,
    /// Whether it takes nothing any more.
    pub closed: bool,
    /// For which classes of actions grants from above end at it.
    pub barrier: ClassSet,
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
        let at = micros(event.meta.occurred_at);
        let created_at = row.as_ref().map_or(at, |row| row.created_at);
        // Where it stands the decisions do not remember.
        let parent_id = match (&row, unit_event) {
            (Some(row), _) => row.parent_id,
            (None, UnitEvent::Created(e)) => e.parent,
            (None, _) => None,
        };
        let mut unit = Unit(row.map(Self::into_body));
        unit.evolve(unit_event.clone());
        let body = unit.0?;
        Some(Self {
            unit_id: id,
            name: body.name,
            kind: body.kind,
            parent_id,
            people_ids: body.people.into_iter().collect(),
            head_ids: body.heads.into_iter().collect(),
            lead_id: body.lead,
            routing: body.routing,
            closed: body.closed,
            barrier: body.barrier,
            created_at,
            version: event.sequence,
        })
    }

    fn into_body(self) -> Body {
        Body {
            name: self.name,
            kind: self.kind,
            people: self.people_ids.into_iter().collect(),
            heads: self.head_ids.into_iter().collect(),
            lead: self.lead_id,
            routing: self.routing,
            closed: self.closed,
            barrier: self.barrier,
        }
    }
}
