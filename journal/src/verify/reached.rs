//! How far a verification had come: enough to go on from there, and no way to claim more than it saw.

use serde::{Deserialize, Serialize};

use crate::hex::{bytes, hex};
use crate::leaf::Hash;
use crate::merkle::Frontier;
use crate::signer::SignError;

/// A verification under way.
#[derive(Debug, Clone, Copy)]
pub struct Step<'a> {
    /// Events that were found as they were recorded.
    pub done: i64,
    /// Of so many.
    pub total: i64,
    pub(super) tree: &'a Frontier,
    pub(super) origin: &'a str,
    pub(super) seen: Hash,
}

/// The same, kept for another run. The next one reads none of these events again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reached {
    /// The log's origin; empty before the first event.
    origin: String,
    /// Events that were found as they were recorded.
    pub done: i64,
    /// The tree over them, in hexadecimal digits.
    tree: String,
    /// What stands for all checkpoints that were compared up to there.
    seen: String,
}

impl Step<'_> {
    /// To go on from.
    pub fn reached(&self) -> Reached {
        Reached {
            origin: self.origin.to_owned(),
            done: self.done,
            tree: hex(&self.tree.to_bytes()),
            seen: hex(&self.seen),
        }
    }
}

impl Reached {
    /// The tree to go on from.
    pub(super) fn frontier(&self, origin: &str) -> Result<Frontier, SignError> {
        if *self == Self::default() {
            return Ok(Frontier::default());
        }
        if self.origin != origin {
            let (file, database) = (self.origin.clone(), origin.to_owned());
            return Err(SignError::OtherLog { file, database });
        }
        let size = u64::try_from(self.done).map_err(|_| SignError::Malformed)?;
        let bytes = bytes(&self.tree).ok_or(SignError::Malformed)?;
        Frontier::from_bytes(size, &bytes).map_err(|_| SignError::Malformed)
    }

    /// Whether these are the checkpoints that were compared.
    pub(super) fn saw(&self, seen: &Hash) -> bool {
        *self == Self::default() || self.seen == hex(seen)
    }
}
