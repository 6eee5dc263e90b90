//! Turns an append into what its statement binds: sealed, strict, sorted by key. It owns everything,
//! so that the writer can finish it when the caller is gone.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use domain::Fact;
use domain::access::Premise;
use domain::kernel::{ClaimChange, ClaimKey, DataSubject, Meta, Personal};
use serde_json::{Value, json};

use super::types::{Append, AppendError, CommandRecord, NewEvent, StreamAppend, StreamVersion};
use crate::error::{EventFault, JournalError};
use crate::journal::Journal;
use crate::seal::{DataKey, Place, SealError, walk};
use crate::strict;

/// What an append weighs at least: its columns, its keys, its place in the queue.
const WEIGHT: usize = 1024;

/// A bound append.
#[derive(Debug, Default)]
pub(super) struct Bound {
    pub(super) events: Vec<BoundEvent>,
    pub(super) command: Option<BoundCommand>,
    /// The streams that get events, with the versions they must stand at.
    pub(super) expected: Vec<(&'static str, String, i64)>,
    pub(super) held: Vec<HeldClaim>,
    pub(super) released: Vec<(String, String)>,
    /// The rows of each inline view, by key.
    pub(super) inline: Vec<Vec<(String, Value)>>,
    /// Names and versions of what must not have moved, by name.
    pub(super) premises: Vec<(String, i64)>,
    /// Names of what the events move, by name.
    pub(super) moved: Vec<String>,
    /// Where the streams will stand.
    pub(super) versions: Vec<StreamVersion>,
    /// What no other append may touch in the same statement, hashed.
    pub(super) keys: Vec<u64>,
    /// About as many bytes.
    pub(super) weight: usize,
}

/// An event's columns.
#[derive(Debug)]
pub(super) struct BoundEvent {
    pub(super) aggregate_type: &'static str,
    pub(super) id: String,
    pub(super) sequence: i64,
    pub(super) event_type: String,
    pub(super) event_version: String,
    pub(super) payload: String,
    pub(super) metadata: String,
}

/// A command's columns.
#[derive(Debug)]
pub(super) struct BoundCommand {
    pub(super) record: CommandRecord,
    pub(super) actor: String,
    pub(super) outcome: String,
}

/// A claim to hold.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct HeldClaim {
    pub(super) scope: String,
    pub(super) key: String,
    pub(super) aggregate_type: &'static str,
    pub(super) aggregate_id: String,
}

impl Bound {
    pub(super) async fn new(journal: &Journal, append: &Append) -> Result<Self, AppendError> {
        let mut subjects = BTreeSet::new();
        for event in append.streams.iter().flat_map(|stream| &stream.events) {
            walk::subjects_in(&event.payload, &mut subjects);
            subjects.extend(reason_of(&event.meta).map(|(subject, _)| subject));
        }
        let keys = journal.keyring().keys_of(&subjects).await.map_err(JournalError::from)?;
        let mut bound = Self { versions: append.versions(), ..Self::default() };
        let mut facts = Vec::new();
        let mut streams: Vec<&StreamAppend> = append.streams.iter().collect();
        // Two processes that append to the same streams must take their keys in the same order.
        streams.sort_by_key(|stream| (stream.aggregate_type, stream.aggregate_id));
        for stream in streams {
            for (sequence, event) in (stream.expected + 1..).zip(&stream.events) {
                facts.push((decode(stream, sequence, event)?, sequence));
                bound.push(stream, sequence, event, &keys)?;
            }
            if !stream.events.is_empty() {
                let id = stream.aggregate_id.to_string();
                bound.expected.push((stream.aggregate_type, id, stream.expected));
            }
        }
        bound.inline(journal, &facts);
        bound.premises(append, &facts);
        bound.claims(journal, append).await?;
        bound.command = append.command.as_ref().map(|record| BoundCommand {
            record: record.clone(),
            actor: record.actor.to_string(),
            outcome: json!(bound.versions).to_string(),
        });
        bound.keys = bound.keys();
        bound.weight = bound.weight();
        Ok(bound)
    }

    fn push(
        &mut self,
        stream: &StreamAppend,
        sequence: i64,
        event: &NewEvent,
        keys: &HashMap<DataSubject, DataKey>,
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
        self.events.push(BoundEvent {
            aggregate_type: stream.aggregate_type,
            sequence,
            event_type: event.event_type.clone(),
            event_version: event.event_version.clone(),
            payload,
            metadata: json!(metadata).to_string(),
            id,
        });
        Ok(())
    }

    fn inline(&mut self, journal: &Journal, facts: &[(Fact, i64)]) {
        for view in journal.inline_views() {
            let key = |row: &Value| -> String {
                view.key().iter().map(|field| row[field].to_string()).collect()
            };
            let rows = if facts.is_empty() { Vec::new() } else { view.rows(facts) };
            self.inline.push(rows.into_iter().map(|row| (key(&row), row)).collect());
        }
    }

    fn premises(&mut self, append: &Append, facts: &[(Fact, i64)]) {
        let held = append.premises.iter().map(|one| (one.premise.to_string(), one.version));
        self.premises = held.collect();
        self.premises.sort();
        let moved: BTreeSet<Premise> =
            facts.iter().flat_map(|(fact, _)| Premise::moved_by(fact)).collect();
        self.moved = moved.iter().map(Premise::to_string).collect();
        self.moved.sort();
    }

    async fn claims(&mut self, journal: &Journal, append: &Append) -> Result<(), JournalError> {
        for claim in &append.claims {
            match &claim.change {
                ClaimChange::Hold { scope, key } => self.held.push(HeldClaim {
                    scope: (*scope).to_owned(),
                    key: stored_key(journal, scope, key).await?,
                    aggregate_type: claim.aggregate_type,
                    aggregate_id: claim.aggregate_id.to_string(),
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

    fn keys(&self) -> Vec<u64> {
        let command = self.command.as_ref();
        let held = self.held.iter().map(|claim| hashed(("claim", &claim.scope, &claim.key)));
        let inline = self.inline.iter().enumerate().flat_map(|(view, rows)| {
            rows.iter().map(move |(key, _)| hashed(("inline", view, key)))
        });
        let all: HashSet<u64> = self
            .expected
            .iter()
            .map(|(aggregate_type, id, _)| hashed(("stream", aggregate_type, id)))
            .chain(command.map(|one| hashed(("command", &one.actor, one.record.command_id))))
            .chain(held)
            .chain(self.released.iter().map(|(scope, key)| hashed(("claim", scope, key))))
            .chain(inline)
            .collect();
        all.into_iter().collect()
    }

    fn weight(&self) -> usize {
        let events = self.events.iter().map(|event| {
            // The rows of inline views come from the payload.
            WEIGHT / 4 + event.payload.len() * 2 + event.metadata.len()
        });
        WEIGHT + events.sum::<usize>() + WEIGHT / 8 * (self.held.len() + self.released.len())
    }
}

/// Two keys with the same hash merely wait for each other.
fn hashed(key: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
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
    let decoded = Fact::decode(stream.aggregate_type, &id, &event.event_type, &event.payload);
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
