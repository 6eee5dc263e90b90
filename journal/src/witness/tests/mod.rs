//! A witness by itself, between two histories, and with our signer.

mod answers;
mod model;

use std::cell::RefCell;
use std::convert::Infallible;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use super::Witness;
use crate::leaf::Hash;
use crate::merkle::node;
use crate::tlog::check::EMPTY;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::{Kind, SignerKey};
use crate::tlog::note::Note;
use crate::tlog::tree::{self, Node};
use crate::tlog::witness::AddCheckpoint;

const ORIGIN: &str = "annals/test";
/// An instant.
const NOW: u64 = 1_700_000_000;

fn log_key(seed: u8) -> SignerKey {
    SignerKey::new(ORIGIN.parse().unwrap(), Kind::Note, &[seed; 32])
}

/// A tree in memory, of which any size can be signed.
struct Tree {
    rows: Vec<Vec<Hash>>,
    key: SignerKey,
    /// Signing takes time.
    notes: RefCell<std::collections::BTreeMap<u64, Note>>,
}

impl Tree {
    /// The first `same` leaves are those of every tree; the others are this one's own.
    fn new(same: u64, size: u64, own: u8) -> Self {
        let leaf = |n: u64| -> Hash {
            let own = if n < same { 0 } else { own };
            Sha256::new().chain_update([own]).chain_update(n.to_be_bytes()).finalize().into()
        };
        let mut rows = vec![(0..size).map(leaf).collect::<Vec<_>>()];
        while let Some(below) = rows.last().filter(|row| row.len() > 1) {
            rows.push(below.chunks_exact(2).map(|pair| node(&pair[0], &pair[1])).collect());
        }
        Self { rows, key: log_key(1), notes: RefCell::default() }
    }

    fn node(&self, node: Node) -> Result<Hash, Infallible> {
        Ok(self.rows[usize::from(node.level)][usize::try_from(node.index).unwrap()])
    }

    fn checkpoint(&self, size: u64) -> Checkpoint {
        let root = match size {
            0 => EMPTY,
            _ => tree::root(size, |node| self.node(node)).unwrap(),
        };
        Checkpoint::new(ORIGIN, size, root)
    }

    fn note(&self, size: u64) -> Note {
        let sign = || {
            let mut note = Note::new(&self.checkpoint(size).to_string()).unwrap();
            note.sign(&self.key, 0);
            note
        };
        self.notes.borrow_mut().entry(size).or_insert_with(sign).clone()
    }

    /// What an honest log asks.
    fn ask(&self, old: u64, size: u64) -> AddCheckpoint {
        let proof = tree::consistency(old.min(size), size, |node| self.node(node)).unwrap();
        AddCheckpoint { old, proof, note: self.note(size) }
    }
}

/// A witness that knows the log of `log_key(1)`.
fn witness(data: &TempDir) -> Witness {
    let witness = Witness::open(data.path(), Some("witness.example/w1".parse().unwrap())).unwrap();
    let policy = format!("log {}\nquorum none\n", log_key(1).public());
    std::fs::write(data.path().join("logs/annals"), policy).unwrap();
    witness
}
