//! Whether every stream counts 1, 2, 3…, in some bytes for each.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};

use super::EVENTS;
use super::error::BundleError;

/// A stream, by the beginning of its name's digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Key([u8; 16]);

impl Key {
    pub(super) fn of(aggregate_type: &str, aggregate_id: &str) -> Self {
        let digest = Sha256::new().chain_update(aggregate_type).chain_update([0]);
        let digest: [u8; 32] = digest.chain_update(aggregate_id).finalize().into();
        Self(std::array::from_fn(|place| digest[place]))
    }
}

/// How far each stream is.
#[derive(Debug, Default)]
pub(super) struct Streams {
    through: HashMap<Key, i64>,
    /// Events that came before one they follow: transactions may settle in another order.
    early: BTreeSet<(Key, i64)>,
}

impl Streams {
    /// Takes an event; false if it was there already.
    pub(super) fn push(&mut self, key: Key, sequence: i64) -> bool {
        let through = self.through.entry(key).or_default();
        if sequence <= *through {
            return false;
        }
        if sequence > *through + 1 {
            return self.early.insert((key, sequence));
        }
        *through = sequence;
        while self.early.remove(&(key, *through + 1)) {
            *through += 1;
        }
        true
    }

    /// Whether there is an event of it.
    pub(super) fn has(&self, key: Key) -> bool {
        self.through.contains_key(&key)
    }

    /// Refuses what lacks an event before another one.
    pub(super) fn check(&self) -> Result<(), BundleError> {
        if self.early.is_empty() {
            return Ok(());
        }
        Err(BundleError::changed(EVENTS, "a stream does not count from 1 without gaps"))
    }
}
