//! Whether every stream counts 1, 2, 3…, in some bytes for each.

use std::collections::{BTreeSet, HashMap};

use sha2::{Digest, Sha256};

/// A stream by the beginning of its name's digest.
type Key = [u8; 16];

/// How far each stream is.
#[derive(Debug, Default)]
pub(super) struct Streams {
    through: HashMap<Key, i64>,
    /// Events that came before one they follow: transactions may settle in another order.
    early: BTreeSet<(Key, i64)>,
}

impl Streams {
    /// Takes an event; false if it was there already.
    pub(super) fn push(&mut self, aggregate_type: &str, aggregate_id: &str, sequence: i64) -> bool {
        let key = key(aggregate_type, aggregate_id);
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
    pub(super) fn has(&self, aggregate_type: &str, aggregate_id: &str) -> bool {
        self.through.contains_key(&key(aggregate_type, aggregate_id))
    }

    /// Whether nothing is missing.
    pub(super) fn are_whole(&self) -> bool {
        self.early.is_empty()
    }
}

fn key(aggregate_type: &str, aggregate_id: &str) -> Key {
    let digest = Sha256::new().chain_update(aggregate_type).chain_update([0]);
    let digest: [u8; 32] = digest.chain_update(aggregate_id).finalize().into();
    let [first, _] = digest.as_chunks::<16>().0 else { return Key::default() };
    *first
}
