//! The one place that sees every aggregate: a stored event, decoded.
//!
//! One variant an aggregate, never one an event. Read by projections and the replay tools.

use cqrs_es::{Aggregate, DomainEvent};
use serde_json::Value;
use uuid::Uuid;

use crate::kernel::{PersonId, SubjectId, TicketId, UnitId};
use crate::person::{Person, PersonEvent};
use crate::settings::{Settings, SettingsEvent};
use crate::subject::{Subject, SubjectEvent};
use crate::ticket::{Ticket, TicketEvent};
use crate::unit::{Unit, UnitEvent};

/// An event with the identity of its stream.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "one variant an aggregate")]
pub enum Fact {
    Ticket(TicketId, TicketEvent),
    Person(PersonId, PersonEvent),
    Unit(UnitId, UnitEvent),
    Subject(SubjectId, SubjectEvent),
    Settings(SettingsEvent),
}

/// The stored text is no event this version knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// No such aggregate.
    #[error("unknown aggregate type")]
    UnknownAggregate,
    /// Not a UUID.
    #[error("the stream's identity is not a UUID")]
    BadIdentity,
    /// The payload does not fit.
    #[error("the payload is not a {0}")]
    BadPayload(String),
}

impl Fact {
    /// Decodes a payload whose personal data are opened already.
    pub fn decode(
        aggregate_type: &str,
        aggregate_id: &str,
        event_type: &str,
        payload: Value,
    ) -> Result<Self, FactError> {
        let id = Uuid::parse_str(aggregate_id).map_err(|_| FactError::BadIdentity)?;
        match aggregate_type {
            Ticket::TYPE => event(event_type, payload).map(|e| Self::Ticket(TicketId(id), e)),
            Person::TYPE => event(event_type, payload).map(|e| Self::Person(PersonId(id), e)),
            Unit::TYPE => event(event_type, payload).map(|e| Self::Unit(UnitId(id), e)),
            Subject::TYPE => event(event_type, payload).map(|e| Self::Subject(SubjectId(id), e)),
            Settings::TYPE => event(event_type, payload).map(Self::Settings),
            _ => Err(FactError::UnknownAggregate),
        }
    }
}

fn event<E: DomainEvent>(event_type: &str, payload: Value) -> Result<E, FactError> {
    let event: E = serde_json::from_value(payload)
        .map_err(|_| FactError::BadPayload(event_type.to_owned()))?;
    if event.event_type() == event_type {
        return Ok(event);
    }
    Err(FactError::BadPayload(event_type.to_owned()))
}
