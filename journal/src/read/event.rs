//! A stored event on its way back: text, opened JSON, fact.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::fact::FactError;
use domain::kernel::{Meta, Personal};
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;
use uuid::Uuid;

use crate::error::{EventFault, JournalError};
use crate::postgres::instant::Instant;
use crate::seal::keyring::KeyState;
use crate::seal::{Keyring, Place, SealError, walk};
use crate::strict;
use crate::upcast::Upcasters;

/// An event of a stream, its personal data opened.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamEvent {
    /// Stream type.
    pub aggregate_type: String,
    /// Stream identity.
    pub aggregate_id: String,
    /// Number within the stream, from 1.
    pub sequence: i64,
    /// Wire name.
    pub event_type: String,
    /// Version of its shape, after upcasting.
    pub event_version: String,
    /// JSON, opened.
    pub payload: Value,
    /// Who, when, why.
    pub meta: Meta,
    /// When the journal learnt it.
    pub recorded_at: DateTime<Utc>,
}

/// An event of the settled log, decoded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// Its permanent number.
    pub global_seq: i64,
    /// The event.
    pub event: StreamEvent,
    /// What it says.
    pub fact: Fact,
}

/// An event of the settled log that may not be readable: what stands around it always is.
#[derive(Debug)]
pub struct LogEntry {
    /// Its permanent number.
    pub global_seq: i64,
    /// Stream type.
    pub aggregate_type: String,
    /// Stream identity.
    pub aggregate_id: String,
    /// How long it is as stored, in bytes.
    pub size: usize,
    /// The event, or why this version cannot read it.
    pub recorded: Result<Recorded, JournalError>,
}

impl StreamEvent {
    /// What it says.
    pub fn fact(&self) -> Result<Fact, JournalError> {
        let fact =
            Fact::decode(&self.aggregate_type, &self.aggregate_id, &self.event_type, &self.payload)
                .map_err(|fault| self.fault(EventFault::Fact(fault)))?;
        self.of_version(&fact.event_version())?;
        Ok(fact)
    }

    /// Refuses a shape that merely looks like today's.
    pub(crate) fn of_version(&self, today: &str) -> Result<(), JournalError> {
        if self.event_version == today {
            return Ok(());
        }
        Err(self.fault(EventFault::Version(self.event_version.clone())))
    }

    pub(crate) fn undecodable(&self) -> JournalError {
        self.fault(EventFault::Fact(FactError::BadPayload(self.event_type.clone())))
    }

    fn fault(&self, fault: EventFault) -> JournalError {
        JournalError::Undecodable {
            aggregate_type: self.aggregate_type.clone(),
            aggregate_id: self.aggregate_id.clone(),
            sequence: self.sequence,
            fault,
        }
    }
}

/// An event as stored, still sealed.
#[derive(Debug)]
pub(crate) struct StoredEvent {
    event: StreamEvent,
    metadata: HashMap<String, String>,
}

/// From a row with the columns of journal.events, payload and metadata as text.
pub(crate) fn stored_event(row: &PgRow) -> Result<StoredEvent, JournalError> {
    let payload: &str = row.try_get("payload")?;
    let metadata: &str = row.try_get("metadata")?;
    let Instant(recorded_at) = row.try_get("recorded_at")?;
    let mut event = StreamEvent {
        aggregate_type: row.try_get("aggregate_type")?,
        aggregate_id: row.try_get("aggregate_id")?,
        sequence: row.try_get("sequence")?,
        event_type: row.try_get("event_type")?,
        event_version: row.try_get("event_version")?,
        payload: Value::Null,
        meta: Meta::unsaid(recorded_at),
        recorded_at,
    };
    let (payload, metadata) = strict::value(payload)
        .and_then(|payload| Ok((payload, strict::texts(metadata)?)))
        .map_err(|fault| event.fault(EventFault::Strict(fault)))?;
    event.payload = payload;
    let metadata = metadata.ok_or_else(|| event.undecodable())?;
    Ok(StoredEvent { event, metadata })
}

/// Opens a batch: all its keys in at most one statement.
pub(crate) async fn open_events(
    keys: &Keyring,
    upcasters: &Upcasters,
    stored: Vec<StoredEvent>,
) -> Result<Vec<StreamEvent>, JournalError> {
    open_each(keys, upcasters, stored.into_iter().map(Ok).collect()).await?.into_iter().collect()
}

/// The same, each event by itself: one that does not open is no other's fault. Fails as a whole only
/// when the keys cannot be had at all.
pub(crate) async fn open_each(
    keys: &Keyring,
    upcasters: &Upcasters,
    stored: Vec<Result<StoredEvent, JournalError>>,
) -> Result<Vec<Result<StreamEvent, JournalError>>, JournalError> {
    let needed: Vec<_> = stored.into_iter().map(|stored| needed(stored?)).collect();
    let all: BTreeSet<Uuid> = needed.iter().flatten().flat_map(|(_, ids)| ids).copied().collect();
    let shared = match keys.states(&all).await {
        Ok(states) => Some(states),
        // Some event's key: which one is found out below.
        Err(SealError::UnknownKey | SealError::Forged) => None,
        Err(error) => return Err(error.into()),
    };
    let mut events = Vec::with_capacity(needed.len());
    for found in needed {
        events.push(match (found, &shared) {
            (Ok((stored, ids)), Some(states)) => stored.open(upcasters, (!ids.is_empty(), states)),
            (Ok((stored, ids)), None) => match keys.states(&ids).await {
                Ok(states) => stored.open(upcasters, (!ids.is_empty(), &states)),
                Err(error) if error.is_transient() => return Err(error.into()),
                Err(error) => Err(error.into()),
            },
            (Err(error), _) => Err(error),
        });
    }
    Ok(events)
}

/// The event, and the keys that open it.
fn needed(stored: StoredEvent) -> Result<(StoredEvent, BTreeSet<Uuid>), JournalError> {
    let mut ids = BTreeSet::new();
    walk::keys_in(&stored.event.payload, &mut ids)?;
    if let Some(reason) = stored.metadata.get(Meta::REASON) {
        walk::key_of(reason, &mut ids)?;
    }
    Ok((stored, ids))
}

impl StoredEvent {
    fn open(
        self,
        upcasters: &Upcasters,
        (is_sealed, states): (bool, &HashMap<Uuid, KeyState>),
    ) -> Result<StreamEvent, JournalError> {
        let Self { mut event, metadata } = self;
        let place = Place {
            aggregate_type: &event.aggregate_type,
            aggregate_id: &event.aggregate_id,
            sequence: event.sequence,
        };
        let mut payload = std::mem::take(&mut event.payload);
        let opened = match is_sealed {
            true => walk::open(&mut payload, place, states),
            false => Ok(()),
        };
        let reason: Option<Personal<String>> = opened
            .and_then(|()| {
                metadata
                    .get(Meta::REASON)
                    .map(|envelope| walk::open_text(envelope, Meta::REASON, place, states))
                    .transpose()
            })
            .map_err(|fault| event.fault(EventFault::Seal(fault)))?;
        let (version, payload) = upcasters.lift(&event.event_type, &event.event_version, payload);
        event.event_version = version;
        event.payload = payload;
        event.meta = Meta::from_map(&metadata, event.recorded_at, reason)
            .map_err(|fault| event.fault(EventFault::Meta(fault)))?;
        Ok(event)
    }
}
