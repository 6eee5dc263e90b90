//! An event that a read model could not apply.

use async_graphql::{Context, Enum, ID, Object, Result};
use chrono::{DateTime, Utc};
use domain::kernel::PersonId;

use crate::graphql::id::encode_dead_letter;
use crate::graphql::loader;
use crate::graphql::person::Person;
use crate::graphql::scalar::Position;

/// Whether a dead letter waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum DeadLetterState {
    /// Its stream waits for a decision.
    Open,
    /// Its stream waits no more, at least not for it.
    Settled,
}

/// How a dead letter was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::dead_letters::Resolution")]
pub(super) enum DeadLetterResolution {
    /// It was tried again and could be applied.
    Retried,
    /// It was left out of this projection for good.
    Discarded,
    /// The rows of its stream were made anew from the whole history.
    Resolved,
    /// The whole projection was made anew.
    Rebuilt,
}

/// An event that a projection could not apply, and with it a stream that waits.
pub(in crate::graphql) struct DeadLetter(pub(super) projections::DeadLetter);

/// An event that a projection could not apply, and with it a stream that waits: its later events
/// wait behind it in order, everything else goes on.
#[Object]
impl DeadLetter {
    /// For the mutations that decide about it.
    async fn id(&self) -> ID {
        encode_dead_letter(self.0.id)
    }

    /// The name of the projection.
    async fn projection(&self) -> &str {
        &self.0.projection
    }

    /// The version of the projection that could not apply it.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// The type of the stream.
    async fn aggregate_type(&self) -> &str {
        &self.0.aggregate_type
    }

    /// The identity of the stream, as the log has it.
    async fn aggregate_id(&self) -> &str {
        &self.0.aggregate_id
    }

    /// The event's number in the log.
    async fn position(&self) -> Position {
        Position::Number(self.0.global_seq)
    }

    /// Why it could not be applied: a sentence without data.
    async fn error(&self) -> &str {
        &self.0.error
    }

    /// How often it was tried.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// Since when the stream waits.
    async fn parked_at(&self) -> DateTime<Utc> {
        self.0.parked_at
    }

    /// When the event was last tried.
    async fn tried_at(&self) -> DateTime<Utc> {
        self.0.tried_at
    }

    /// How many later events of the stream wait behind it.
    async fn behind(&self) -> i64 {
        self.0.behind
    }

    /// Whether it waits.
    async fn state(&self) -> DeadLetterState {
        match self.0.settled {
            Some(_) => DeadLetterState::Settled,
            None => DeadLetterState::Open,
        }
    }

    /// How it was settled.
    async fn resolution(&self) -> Option<DeadLetterResolution> {
        self.0.settled.as_ref().map(|settled| settled.how.into())
    }

    /// When it was settled.
    async fn settled_at(&self) -> Option<DateTime<Utc>> {
        self.0.settled.as_ref().map(|settled| settled.at)
    }

    /// Who decided; null when a tool or a rebuild did, and for somebody you may not see.
    async fn decided_by(&self, cx: &Context<'_>) -> Result<Option<Person>> {
        let by = self.0.settled.as_ref().and_then(|settled| settled.by.as_deref());
        match by.and_then(|by| by.parse::<PersonId>().ok()) {
            Some(person) => loader::person(cx, person).await,
            None => Ok(None),
        }
    }

    /// The reason that was given.
    async fn reason(&self) -> Option<&str> {
        self.0.settled.as_ref().and_then(|settled| settled.reason.as_deref())
    }
}
