//! A line of `events.ndjson`: an event as it is stored, in the one spelling that a line has.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::DateTime;
use serde::{Deserialize, Serialize};
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::leaf::{Hash, LeafInput};

/// An event. Its texts are borrowed where they stand in the line as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "the columns of journal.events")]
pub struct Line<'l> {
    /// Its permanent number.
    pub global_seq: i64,
    #[serde(borrow)]
    pub aggregate_type: Cow<'l, str>,
    #[serde(borrow)]
    pub aggregate_id: Cow<'l, str>,
    pub sequence: i64,
    #[serde(borrow)]
    pub event_type: Cow<'l, str>,
    #[serde(borrow)]
    pub event_version: Cow<'l, str>,
    /// Microseconds since 1970.
    pub recorded_at: i64,
    /// In base64.
    #[serde(borrow)]
    pub salt: Cow<'l, str>,
    /// The text, not what it says.
    #[serde(borrow)]
    pub payload: Cow<'l, str>,
    #[serde(borrow)]
    pub metadata: Cow<'l, str>,
    /// In a part of the history: from its sibling up, each in base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof: Option<Vec<String>>,
}

impl<'l> Line<'l> {
    /// Of a row of the log with its event.
    pub(super) fn of(row: &'l PgRow) -> Result<Self, sqlx::Error> {
        let event = LeafInput::of(row)?;
        Ok(Self {
            global_seq: row.try_get("global_seq")?,
            aggregate_type: event.aggregate_type.into(),
            aggregate_id: event.aggregate_id.into(),
            sequence: event.sequence,
            event_type: event.event_type.into(),
            event_version: event.event_version.into(),
            recorded_at: event.recorded_at.timestamp_micros(),
            salt: STANDARD.encode(event.salt).into(),
            payload: event.payload.into(),
            metadata: event.metadata.into(),
            proof: None,
        })
    }

    /// Reads one, without its line feed; `again` is for writing it anew.
    pub fn parse(bytes: &'l [u8], again: &mut Vec<u8>) -> Option<Self> {
        let line: Self = serde_json::from_slice(bytes).ok()?;
        line.write(again);
        (again == bytes).then_some(line)
    }

    /// Its text, without a line feed.
    pub fn write(&self, into: &mut Vec<u8>) {
        into.clear();
        serde_json::to_writer(into, self).expect("its keys are texts");
    }

    pub(super) fn salt(&self) -> Option<[u8; 16]> {
        STANDARD.decode(&*self.salt).ok()?.try_into().ok()
    }

    /// What its leaf covers.
    pub(super) fn event<'e>(&'e self, salt: &'e [u8; 16]) -> Option<LeafInput<'e>> {
        Some(LeafInput {
            aggregate_type: &self.aggregate_type,
            aggregate_id: &self.aggregate_id,
            sequence: self.sequence,
            event_type: &self.event_type,
            event_version: &self.event_version,
            recorded_at: DateTime::from_timestamp_micros(self.recorded_at)?,
            salt,
            payload: &self.payload,
            metadata: &self.metadata,
        })
    }

    pub(super) fn stream(&self) -> String {
        format!("{}/{}/{}", self.aggregate_type, self.aggregate_id, self.sequence)
    }

    pub(super) fn kind(&self) -> String {
        [&*self.event_type, "/", &*self.event_version].concat()
    }

    pub(super) fn prove(&mut self, proof: &[Hash]) {
        self.proof = Some(proof.iter().map(|hash| STANDARD.encode(hash)).collect());
    }

    /// The hashes of its proof; none if one of them is no hash.
    pub(super) fn proof(&self) -> Option<Vec<Hash>> {
        let hash = |text: &String| STANDARD.decode(text).ok()?.try_into().ok();
        self.proof.iter().flatten().map(hash).collect()
    }
}
