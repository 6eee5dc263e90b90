//! The tree as files: tiles of hashes, and the entries behind them, as they become whole.

use crate::leaf::Entry;
use crate::merkle::Frontier;
use crate::signer::edge::Edge;
use crate::tlog::bundle::Bundle;
use crate::tlog::tile::WIDTH;

/// A file's name and its content.
pub(super) type TreeFile = (String, Vec<u8>);

/// A tree that grows.
#[derive(Debug, Default)]
pub(super) struct Tree {
    edge: Edge,
    frontier: Frontier,
    /// Of the last file of entries, which is not whole.
    entries: Vec<Entry>,
}

impl Tree {
    /// What its root is computed from.
    pub(super) fn frontier(&self) -> &Frontier {
        &self.frontier
    }

    /// Adds an event's entry; files that became whole.
    pub(super) fn push(&mut self, entry: Entry) -> Vec<TreeFile> {
        let leaf = entry.leaf();
        let mut tiles = Vec::new();
        self.frontier.push(leaf);
        self.edge.push(leaf, &mut tiles);
        self.entries.push(entry);
        let mut files: Vec<_> =
            tiles.into_iter().map(|(tile, bytes)| (tile.to_string(), bytes)).collect();
        if self.entries.len() == usize::from(WIDTH) {
            files.extend(self.bundle());
            self.entries.clear();
        }
        files
    }

    /// The files that are not whole.
    pub(super) fn rest(&self) -> Vec<TreeFile> {
        let tiles = self.edge.partial().into_iter();
        let tiles = tiles.map(|(tile, bytes)| (tile.to_string(), bytes));
        tiles.chain(self.bundle()).collect()
    }

    fn bundle(&self) -> Option<TreeFile> {
        let width = u16::try_from(self.entries.len()).ok().filter(|&width| width > 0)?;
        let index = (self.frontier.size() - 1) / u64::from(WIDTH);
        let bundle = Bundle { index, width };
        let bytes = bundle.file(self.entries.iter().map(Entry::as_bytes)).ok()?;
        Some((bundle.to_string(), bytes))
    }
}
