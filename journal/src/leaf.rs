//! The leaf of an event: frozen from the first event on.
//!
//! `leaf = SHA-256(0x00 ‖ entry)`, `entry = "annals-leaf/v1\n" ‖ SHA-256(frame)`; the frame holds,
//! each with a u32 big-endian length before it: origin, aggregate type, aggregate id, sequence (u64
//! BE), event type, event version, recorded_at (i64 microseconds since 1970, BE), salt, payload text,
//! metadata text, the texts exactly as stored. Nodes are those of RFC 6962.

use chrono::{DateTime, Utc};
use sha2::{Digest, Sha256};
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::postgres::instant::Instant;

/// A SHA-256 value.
pub type Hash = [u8; 32];

/// What a leaf covers, as stored.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "the columns of journal.events")]
pub struct LeafInput<'a> {
    pub aggregate_type: &'a str,
    pub aggregate_id: &'a str,
    pub sequence: i64,
    pub event_type: &'a str,
    pub event_version: &'a str,
    pub recorded_at: DateTime<Utc>,
    pub salt: &'a [u8],
    pub payload: &'a str,
    pub metadata: &'a str,
}

impl<'r> LeafInput<'r> {
    /// From a row of `journal.events`; payload and metadata are read as text.
    ///
    /// # Errors
    /// A column is missing, or null.
    pub(crate) fn of(row: &'r PgRow) -> Result<Self, sqlx::Error> {
        Ok(Self {
            aggregate_type: row.try_get("aggregate_type")?,
            aggregate_id: row.try_get("aggregate_id")?,
            sequence: row.try_get("sequence")?,
            event_type: row.try_get("event_type")?,
            event_version: row.try_get("event_version")?,
            recorded_at: row.try_get::<Instant, _>("recorded_at")?.0,
            salt: row.try_get("salt")?,
            payload: row.try_get("payload")?,
            metadata: row.try_get("metadata")?,
        })
    }
}

/// What an event's leaf hashes: what a log that holds entries would hold of it. Tells nothing of the
/// event to whoever does not have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry([u8; Self::LENGTH]);

const HEAD: &[u8; 15] = b"annals-leaf/v1\n";

impl Entry {
    /// Every entry has so many bytes.
    pub const LENGTH: usize = HEAD.len() + 32;

    /// Of an event in the log of this origin.
    pub fn of(origin: &str, event: &LeafInput<'_>) -> Self {
        let mut frame = Sha256::new();
        let mut field = |bytes: &[u8]| {
            // A stored text is far below 4 GiB; Postgres itself stops at 1 GiB.
            frame.update(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_be_bytes());
            frame.update(bytes);
        };
        field(origin.as_bytes());
        field(event.aggregate_type.as_bytes());
        field(event.aggregate_id.as_bytes());
        field(&event.sequence.to_be_bytes());
        field(event.event_type.as_bytes());
        field(event.event_version.as_bytes());
        field(&event.recorded_at.timestamp_micros().to_be_bytes());
        field(event.salt);
        field(event.payload.as_bytes());
        field(event.metadata.as_bytes());
        let mut entry = [0; Self::LENGTH];
        let (head, digest) = entry.split_at_mut(HEAD.len());
        head.copy_from_slice(HEAD);
        digest.copy_from_slice(&frame.finalize());
        Self(entry)
    }

    /// Of these bytes, if they are an entry.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().filter(|bytes: &[u8; Self::LENGTH]| bytes.starts_with(HEAD)).map(Self)
    }

    /// Its bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Its hash in the tree.
    pub fn leaf(&self) -> Hash {
        Sha256::new().chain_update([0x00]).chain_update(self.0).finalize().into()
    }
}

/// The leaf hash of an event in the log of this origin.
pub fn leaf(origin: &str, event: &LeafInput<'_>) -> Hash {
    Entry::of(origin, event).leaf()
}
