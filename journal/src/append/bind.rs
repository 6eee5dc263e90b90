//! Turns an append into the columns its statement binds: sealed, strict, sorted by key.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::kernel::{ClaimChange, ClaimKey, DataSubject, Meta, Personal};
use serde_json::Value;
use uuid::Uuid;

use super::types::{Append, AppendError, NewEvent, StreamAppend};
use crate::error::{EventFault, JournalError};
use crate::journal::Journal;
use crate::seal::{Place, SealError, walk};
use crate::strict;

/// The bound columns; each vector is one array parameter.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) types: Vec<&'static str>,
    pub(super) ids: Vec<String>,
    pub(super) sequences: Vec<i64>,
    pub(super) event_types: Vec<String>,
    pub(super) event_versions: Vec<String>,
    pub(super) payloads: Vec<String>,
    pub(super) metadata: Vec<String>,
    pub(super) held: Vec<HeldClaim>,
    pub(super) released: Vec<(String, String)>,
    /// One jsonb array an inline view.
    pub(super) inline: Vec<Value>,
}

/// A claim to hold.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HeldClaim {
    pub(super) scope: String,
    pub(super) key: String,
    pub(super) aggregate_type: &'static str,
    pub(super) aggregate_id: Uuid,
}

impl Bound {
    pub(super) async fn new(journal: &Journal, append: &Append) -> Result<Self, AppendError> {
        let mut subjects = BTreeSet::new();
        for event in append.streams.iter().flat_map(|stream| &stream.events) {
            walk::subjects_in(&event.payload, &mut subjects);
            subjects.extend(reason_of(&event.meta).map(|(subject, _)| subject));
        }
        let keys = journal.keyring().keys_of(&subjects).await.map_err(JournalError::from)?;
        let mut bound = Self::default();
        let mut facts = Vec::new();
        let mut streams: Vec<&StreamAppend> = append.streams.iter().collect();
        // Two processes that append to the same streams must take their keys in the same order.
        streams.sort_by_key(|stream| (stream.aggregate_type, stream.aggregate_id));
        for stream in streams {
            for (sequence, event) in (stream.expected + 1..).zip(&stream.events) {
                facts.push((decode(stream, sequence, event)?, sequence));
                bound.push(stream, sequence, event, &keys)?;
            }
        }
        bound.inline =
            journal.inline_views().iter().map(|view| Value::Array(view.rows(&facts))).collect();
        bound.claims(journal, append).await?;
        Ok(bound)
    }

    fn push(
        &mut self,
        stream: &StreamAppend,
        sequence: i64,
        event: &NewEvent,
        keys: &std::collections::HashMap<DataSubject, crate::seal::DataKey>,
    ) -> Result<(), JournalError> {
        let id = stream.aggregate_id.to_string();
        let place = Place { aggregate_type: stream.aggregate_type, aggregate_id: &id, sequence };
        let mut payload = event.payload.clone();
        walk::seal(&mut payload, place, keys)?;
        let payload = payload.to_string();
        strict::check(&payload)?;
        // Sorted, so that the same metadata are always the same text.
        let mut metadata: BTreeMap<String, String> = event.meta.to_map().into_iter().collect();
        if let Some((subject, text)) = reason_of(&event.meta) {
            let key = keys.get(&subject).ok_or(SealError::UnknownKey)?;
            let envelope = walk::seal_text(text, Meta::REASON, place, key)?;
            metadata.insert(Meta::REASON.to_owned(), envelope);
        }
        self.types.push(stream.aggregate_type);
        self.sequences.push(sequence);
        self.event_types.push(event.event_type.clone());
        self.event_versions.push(event.event_version.clone());
        self.payloads.push(payload);
        self.metadata.push(serde_json::json!(metadata).to_string());
        self.ids.push(id);
        Ok(())
    }

    async fn claims(&mut self, journal: &Journal, append: &Append) -> Result<(), JournalError> {
        for claim in &append.claims {
            match &claim.change {
                ClaimChange::Hold { scope, key } => self.held.push(HeldClaim {
                    scope: (*scope).to_owned(),
                    key: stored_key(journal, scope, key).await?,
                    aggregate_type: claim.aggregate_type,
                    aggregate_id: claim.aggregate_id,
                }),
                ClaimChange::Release { scope, key } => {
                    let key = stored_key(journal, scope, key).await?;
                    self.released.push(((*scope).to_owned(), key));
                }
            }
        }
        self.held.sort();
        self.released.sort();
        Ok(())
    }
}

/// The text under which a claim's key is stored.
pub(crate) async fn stored_key(
    journal: &Journal,
    scope: &str,
    key: &ClaimKey,
) -> Result<String, JournalError> {
    match key {
        ClaimKey::Plain(text) => Ok(text.clone()),
        ClaimKey::Personal(text) => Ok(journal.keyring().claim_key(scope, text).await?),
    }
}

fn reason_of(meta: &Meta) -> Option<(DataSubject, &String)> {
    match &meta.reason {
        Some(Personal::Clear { subject, value }) => Some((*subject, value)),
        _ => None,
    }
}

/// What cannot be read back is not stored.
fn decode(stream: &StreamAppend, sequence: i64, event: &NewEvent) -> Result<Fact, JournalError> {
    let id = stream.aggregate_id.to_string();
    let decoded =
        Fact::decode(stream.aggregate_type, &id, &event.event_type, event.payload.clone());
    let fault = match decoded {
        Ok(fact) if fact.event_version() == event.event_version => return Ok(fact),
        Ok(_) => EventFault::Version(event.event_version.clone()),
        Err(fault) => EventFault::Fact(fault),
    };
    Err(JournalError::Undecodable {
        aggregate_type: stream.aggregate_type.to_owned(),
        aggregate_id: id,
        sequence,
        fault,
    })
}
