//! What an event says about its making: who, for whom, when, why, through which door.
//!
//! Stored as the string-to-string map that cqrs-es prescribes; the reason is sealed by the journal.

use std::collections::HashMap;
use std::str::FromStr;

use chrono::{DateTime, SecondsFormat, Utc};
use uuid::Uuid;

use super::actor::Actor;
use super::ids::PersonId;
use super::personal::Personal;

/// The door a command came through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Source {
    /// The GraphQL API.
    Graphql,
    /// History from another desk.
    Import,
    /// A due timer.
    Timer,
    /// Annals itself: first start, process managers.
    Process,
    /// Incoming mail.
    Mail,
    /// A directory through SCIM.
    Scim,
    /// Restored by the replay tools.
    Replay,
}

/// Metadata of one event. No credential ever.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    /// Identity of the command; the same for all its events.
    pub command_id: Uuid,
    /// Groups everything one request or import row caused.
    pub correlation_id: Uuid,
    /// The event or command that led to this one.
    pub causation_id: Option<Uuid>,
    /// Who issued the command.
    pub actor: Actor,
    /// For whom, when that is somebody else.
    pub on_behalf_of: Option<PersonId>,
    /// Through which door.
    pub source: Source,
    /// When it happened, microseconds, UTC. `recorded_at` of the journal says when we learnt it.
    pub occurred_at: DateTime<Utc>,
    /// Why, in the actor's words.
    pub reason: Option<Personal<String>>,
    /// W3C trace id, 32 hex digits.
    pub trace_id: Option<String>,
}

/// The stored metadata have a value this version cannot read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("event metadata: {0}")]
pub struct MetaError(&'static str);

impl Meta {
    /// The key under which the reason is stored.
    pub const REASON: &'static str = "reason";

    /// As the map that is stored, without the reason: the journal adds it sealed.
    pub fn to_map(&self) -> HashMap<String, String> {
        let mut map = HashMap::new();
        let mut put = |key: &str, value: String| map.insert(key.to_owned(), value);
        put("command_id", self.command_id.to_string());
        put("correlation_id", self.correlation_id.to_string());
        put("actor", self.actor.to_string());
        put("source", self.source.to_string());
        put("occurred_at", self.occurred_at.to_rfc3339_opts(SecondsFormat::Micros, true));
        if let Some(id) = self.causation_id {
            put("causation_id", id.to_string());
        }
        if let Some(id) = self.on_behalf_of {
            put("on_behalf_of", id.to_string());
        }
        if let Some(id) = &self.trace_id {
            put("trace_id", id.clone());
        }
        map
    }

    /// The person who did it, or on whose behalf it was done; none: a program, or Annals itself.
    pub fn doer(&self) -> Option<PersonId> {
        self.on_behalf_of.or(match self.actor {
            Actor::Person(person) => Some(person),
            Actor::Service(_) | Actor::Import | Actor::System => None,
        })
    }

    /// What is known of an event that says nothing of its making, as a foreign writer's.
    pub fn unsaid(recorded_at: DateTime<Utc>) -> Self {
        Self {
            command_id: Uuid::nil(),
            correlation_id: Uuid::nil(),
            causation_id: None,
            actor: Actor::System,
            on_behalf_of: None,
            source: Source::Process,
            occurred_at: recorded_at,
            reason: None,
            trace_id: None,
        }
    }

    /// From a stored map; what it does not say is as in [`Meta::unsaid`]. `reason` is what the
    /// journal opened.
    pub fn from_map(
        map: &HashMap<String, String>,
        recorded_at: DateTime<Utc>,
        reason: Option<Personal<String>>,
    ) -> Result<Self, MetaError> {
        let unsaid = Self::unsaid(recorded_at);
        Ok(Self {
            command_id: said(map, "command_id")?.unwrap_or(unsaid.command_id),
            correlation_id: said(map, "correlation_id")?.unwrap_or(unsaid.correlation_id),
            causation_id: said(map, "causation_id")?,
            actor: said(map, "actor")?.unwrap_or(unsaid.actor),
            on_behalf_of: said(map, "on_behalf_of")?,
            source: said(map, "source")?.unwrap_or(unsaid.source),
            occurred_at: said(map, "occurred_at")?.unwrap_or(unsaid.occurred_at),
            reason,
            trace_id: map.get("trace_id").cloned(),
        })
    }
}

fn said<T: FromStr>(
    map: &HashMap<String, String>,
    key: &'static str,
) -> Result<Option<T>, MetaError> {
    map.get(key).map(|text| text.parse().map_err(|_| MetaError(key))).transpose()
}
