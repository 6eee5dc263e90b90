//! The row, and how an event changes it.

use chrono::{DateTime, Utc};
use domain::kernel::{PersonId, UnitId};
use domain::person::{PersonEvent, PersonKind, Role};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::{micros, shown};

/// A person. Personal texts are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonRow {
    /// The person's stream.
    pub person_id: PersonId,
    /// What the person signs in with.
    pub login: String,
    /// Full name.
    pub name: String,
    /// E-mail address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Staff or client.
    pub kind: PersonKind,
    /// What the person may do.
    pub role: Role,
    /// A client's customer organisation.
    pub organization_id: Option<UnitId>,
    /// When the person became known.
    pub registered_at: DateTime<Utc>,
    /// The number of the person's events.
    pub version: i64,
}

impl PersonRow {
    /// The row after an event; none as long as the person was not registered.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        person_event: &PersonEvent,
        id: PersonId,
    ) -> Option<Self> {
        let row = match (row, person_event) {
            (None, PersonEvent::Registered(e)) => Some(Self {
                person_id: id,
                login: shown(&e.login),
                name: shown(&e.name),
                email: e.email.as_ref().map(shown),
                phone: e.phone.as_ref().map(shown),
                kind: e.kind,
                role: e.role,
                organization_id: e.organization,
                registered_at: micros(event.meta.occurred_at),
                version: 0,
            }),
            (row, _) => row,
        };
        row.map(|row| Self { version: event.sequence, ..row })
    }
}
