//! Evidence, as the schema knows it.

use async_graphql::{Object, SimpleObject};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use journal::signer::Published;

/// Somebody outside who says that they have seen a checkpoint, and no other of its log.
#[derive(SimpleObject)]
pub(super) struct Cosignature {
    /// What the witness is called.
    name: String,
    /// The identity of its key, in hex digits.
    key_id: String,
    /// When it signed, by its own clock.
    signed_at: Option<DateTime<Utc>>,
}

/// A signed statement of what the log is: so many events with this root.
pub(in crate::graphql) struct Checkpoint(pub(super) Published);

/// A signed statement of what the log is: so many events with this root.
#[Object]
impl Checkpoint {
    /// The log's name.
    async fn origin(&self) -> &str {
        &self.0.checkpoint.origin
    }

    /// How many events it covers: the first, and all up to this number.
    async fn size(&self) -> i64 {
        i64::try_from(self.0.checkpoint.size).unwrap_or(i64::MAX)
    }

    /// The root of the tree over them, in Base64.
    async fn root(&self) -> String {
        STANDARD.encode(self.0.checkpoint.root)
    }

    /// When it was signed, by as many as the policy wants.
    async fn signed_at(&self) -> DateTime<Utc> {
        self.0.at
    }

    /// The signed note, byte by byte: what `replay verify --since` takes. The other fields are read
    /// out of it; only this can be checked.
    async fn text(&self) -> String {
        self.0.note.to_string()
    }

    /// The witnesses that have signed it, besides the log itself.
    async fn cosignatures(&self) -> Vec<Cosignature> {
        let lines = self.0.note.signatures().iter();
        let by_witnesses = lines.filter_map(|line| line.at().map(|at| (line, at)));
        let told = by_witnesses.map(|(line, at)| Cosignature {
            name: line.name().to_string(),
            key_id: line.id().to_string(),
            signed_at: i64::try_from(at).ok().and_then(|at| DateTime::from_timestamp(at, 0)),
        });
        told.collect()
    }
}

/// That one event stands in the signed log.
#[derive(SimpleObject)]
pub(super) struct EventProof {
    /// A tlog-proof file: what `replay prove` writes and `replay verify --proof` takes.
    pub(super) text: String,
    /// What the log has of the event: its leaf's hash, in Base64.
    pub(super) leaf: String,
    /// How many events the checkpoint covers that it leads to.
    pub(super) size: i64,
    /// The event as a line of an export, what is sealed in it sealed; null to whoever may not read
    /// events.
    pub(super) event: Option<String>,
}
