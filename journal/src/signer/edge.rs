//! The right edge of the tree: the last tile of each level, which is all that growing needs.

use std::path::Path;

use super::files;
use crate::leaf::Hash;
use crate::merkle::node;
use crate::tlog::tile::{Tile, WIDTH, subtree};

/// Levels of tiles that a tree can have.
const LEVELS: u8 = 8;

/// Hashes of the last tile of each level, from the leaves up; never a whole tile.
#[derive(Debug, Clone, Default)]
pub(crate) struct Edge {
    size: u64,
    rows: Vec<Vec<Hash>>,
}

/// A tile and its file's content.
pub(crate) type Written = (Tile, Vec<u8>);

impl Edge {
    /// Of the tree of this size, out of its tiles; none if one of them is missing or malformed.
    pub(crate) fn read(log: &Path, size: u64) -> Option<Self> {
        let mut rows = Vec::new();
        for level in 0..LEVELS {
            let hashes = size >> (u32::from(level) * 8);
            let mut row = Vec::new();
            if !hashes.is_multiple_of(u64::from(WIDTH)) {
                let tile = Tile::at(level, hashes / u64::from(WIDTH), size)?;
                let bytes = files::tile(log, tile).ok()?;
                row = tile.hashes(&bytes).ok()?;
            }
            rows.push(row);
        }
        Some(Self { size, rows })
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The leaves behind the last whole tile.
    pub(crate) fn last_leaves(&self) -> &[Hash] {
        self.rows.first().map(Vec::as_slice).unwrap_or_default()
    }

    /// Adds a leaf; tiles that became whole are told.
    pub(crate) fn push(&mut self, leaf: Hash, whole: &mut Vec<Written>) {
        self.size += 1;
        let mut hash = leaf;
        for level in 0..LEVELS {
            let place = usize::from(level);
            if self.rows.len() == place {
                self.rows.push(Vec::new());
            }
            let row = &mut self.rows[place];
            row.push(hash);
            if row.len() < usize::from(WIDTH) {
                return;
            }
            let index = (self.size >> (u32::from(level + 1) * 8)) - 1;
            whole.push((Tile { level, index, width: WIDTH }, row.concat()));
            hash = subtree(row);
            row.clear();
        }
    }

    /// The tiles that are not whole yet.
    pub(crate) fn partial(&self) -> Vec<Written> {
        let rows = (0..LEVELS).zip(&self.rows).filter(|(_, row)| !row.is_empty());
        rows.filter_map(|(level, row)| {
            let hashes = self.size >> (u32::from(level) * 8);
            let tile = Tile::at(level, hashes / u64::from(WIDTH), self.size)?;
            Some((tile, row.concat()))
        })
        .collect()
    }

    /// Roots of the perfect subtrees of the tree, largest first: what the sequencer stores.
    pub(crate) fn frontier(&self) -> Vec<Hash> {
        let mut roots = Vec::new();
        for row in self.rows.iter().rev() {
            let mut at = 0;
            for height in (0..8).rev() {
                let width = 1 << height;
                if row.len() & width > 0 {
                    roots.push(subtree(&row[at..at + width]));
                    at += width;
                }
            }
        }
        roots
    }

    /// The root; of a tree with leaves.
    pub(crate) fn root(&self) -> Option<Hash> {
        self.frontier().into_iter().rev().reduce(|right, left| node(&left, &right))
    }
}
