//! Evidence bundles: the history, or a part of it, as a folder of plain files that anybody can check
//! on a machine of their own, and that an empty journal can be filled from again.
//!
//! | File | Holds |
//! |---|---|
//! | `events.ndjson` | the events with their texts exactly as stored; in a part, each with its proof |
//! | `tile/` | of all: the tree and its entries, as tlog-tiles has them |
//! | `checkpoints` | what was signed of it, size by size; of a part, the newest alone |
//! | `policy` | whom the sender says to trust |
//! | `claims.ndjson` | of all and of an epoch: which stream holds which unique key |
//! | `leaves` | of an epoch: its hashes |
//! | `manifest.json` | what was chosen and how much it is |
//! | `SHA256SUMS` | the digests of all these; written last, so that what has it is whole |
//!
//! Every value has one spelling, so that the same history makes the same files, and no byte can be
//! changed unseen. Keys of people's data are never in it: what is sealed stays sealed. Memory stays
//! constant, but for some bytes for each stream. Called by the replay tools.

mod anchor;
mod archive;
mod choice;
mod claims;
mod error;
mod export;
mod files;
mod import;
mod judge;
mod line;
mod manifest;
mod proving;
mod streams;
mod sums;
#[cfg(test)]
mod tests;
mod tree;
mod verify;

pub use anchor::Anchor;
pub use archive::archive;
pub use choice::{Chosen, Epoch};
pub use error::BundleError;
pub use export::{Exported, export};
pub use import::import;
pub use line::Line;
pub use manifest::Manifest;
pub use proving::{Proven, check_proof, prove};
pub use verify::{Trust, Verified, verify};

/// The events, one a line, in the order of the log.
pub const EVENTS: &str = "events.ndjson";
/// The unique keys that streams hold, one a line.
pub(crate) const CLAIMS: &str = "claims.ndjson";
/// The hashes of an epoch's events, 32 bytes each: they name the one that was changed.
pub(crate) const LEAVES: &str = "leaves";
/// What the bundle is.
pub(crate) const MANIFEST: &str = "manifest.json";
/// The sender's policy.
pub(crate) const POLICY: &str = "policy";
/// Signed notes, an empty line behind each.
pub(crate) const CHECKPOINTS: &str = "checkpoints";
/// The digests.
pub(crate) const SUMS: &str = "SHA256SUMS";
/// Events a statement.
const PAGE: i64 = 2_000;
