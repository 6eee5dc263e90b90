//! The generator: a help desk's history of any length, the same again for the same seed, day and
//! length. Its shape follows a real one; see [`shape`].
//!
//! It makes what is appended and nothing else: no rule is asked, no row of a view is written.

mod commands;
mod course;
mod fill;
mod measured;
mod organisation;
mod shape;
mod story;

pub(crate) use commands::{Commands, Step};
pub(crate) use fill::fill;
pub(crate) use measured::Measured;
pub(crate) use organisation::Organisation;
pub(crate) use story::{Depth, Tickets};

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use domain::kernel::{Actor, DataSubject, Meta, PersonId, Personal, Source};
use journal::NewEvent;
use rand::{Rng, RngCore};
use rand_chacha::ChaCha8Rng;
use serde::Serialize;
use uuid::Uuid;

/// The seed of every run that does not name another.
pub(crate) const SEED: u64 = 2016;

/// A version 7 identity of this instant.
pub(crate) fn id_at(chance: &mut ChaCha8Rng, at: DateTime<Utc>) -> Uuid {
    let mut bytes = [0; 10];
    chance.fill_bytes(&mut bytes);
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or_default();
    uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid()
}

/// A text of this person's.
pub(crate) fn personal(person: PersonId, text: String) -> Personal<String> {
    Personal::of(DataSubject::Person(person), text)
}

/// A sentence of this many words.
pub(crate) fn sentence(chance: &mut ChaCha8Rng, words: usize) -> String {
    let words = (0..words).map(|_| shape::WORDS[chance.random_range(0..shape::WORDS.len())]);
    words.collect::<Vec<_>>().join(" ")
}

/// The event as it is handed to the journal.
pub(crate) fn new_event<E: DomainEvent + Serialize>(event: &E, meta: Meta) -> NewEvent {
    NewEvent {
        event_type: event.event_type(),
        event_version: event.event_version(),
        payload: serde_json::json!(event),
        meta,
    }
}

/// What an event says of its making.
pub(crate) fn meta(chance: &mut ChaCha8Rng, actor: Actor, at: DateTime<Utc>) -> Meta {
    let command_id = id_at(chance, at);
    Meta {
        command_id,
        correlation_id: command_id,
        causation_id: None,
        actor,
        on_behalf_of: None,
        source: Source::Graphql,
        occurred_at: at,
        reason: None,
        trace_id: None,
    }
}
