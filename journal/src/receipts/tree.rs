//! The signed tree, followed leaf by leaf up to a root that the log has signed.
//!
//! Whoever owns the database can write into its tables what they like, but nothing else that leads to that
//! root: what the tables say of an event is believed only as far as the tree has it.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use sqlx::PgConnection;

use crate::leaf::Hash;
use crate::merkle::Frontier;
use crate::signer::edge::Edge;
use crate::signer::files::tile;
use crate::signer::{Folder, SignError, leaves, signed_last};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::policy::Policy;
use crate::tlog::tile::{Tile, WIDTH, subtree};

/// Leaves of a block.
const BLOCK: u64 = WIDTH as u64;

/// 32 bytes for each block of 256 leaves; no more is needed to know any leaf again.
#[derive(Debug, Default)]
pub(super) struct SignedTree {
    edge: Edge,
    blocks: Vec<Hash>,
}

impl SignedTree {
    /// Goes on to what was signed last; where the database's leaves do not lead there, not at all.
    pub(super) async fn follow(
        &mut self,
        folder: &Folder,
        policy: &Policy,
        conn: &mut PgConnection,
    ) -> Result<(), SignError> {
        let Some(signed) = signed_last(folder, policy, conn).await? else { return Ok(()) };
        if signed.size <= self.edge.size() {
            return Ok(());
        }
        if self.edge.size() == 0
            && let Some(found) = Self::of_tiles(folder, &signed).await
        {
            *self = found;
            return Ok(());
        }
        match self.grow(&signed, conn).await {
            Err(error) if error.is_alarm() => {
                tracing::warn!(%error, "the database's log is not the one that was signed");
                Ok(())
            }
            grown => grown,
        }
    }

    async fn grow(
        &mut self,
        signed: &Checkpoint,
        conn: &mut PgConnection,
    ) -> Result<(), SignError> {
        let (mut edge, mut blocks) = (self.edge.clone(), Vec::new());
        while edge.size() < signed.size {
            for leaf in leaves(conn, edge.size(), signed.size).await? {
                let mut whole = Vec::new();
                edge.push(leaf, &mut whole);
                let block = whole.first().and_then(|(tile, bytes)| tile.hashes(bytes).ok());
                blocks.extend(block.map(|row| subtree(&row)));
            }
        }
        if edge.root() != Some(signed.root) {
            return Err(SignError::Inconsistent(signed.size));
        }
        self.edge = edge;
        self.blocks.extend(blocks);
        Ok(())
    }

    /// Out of the signer's tiles, if they are here and have this root.
    async fn of_tiles(folder: &Folder, signed: &Checkpoint) -> Option<Self> {
        let (log, size, root) = (folder.log().to_owned(), signed.size, signed.root);
        let read = move || {
            let edge = Edge::read(&log, size).filter(|edge| edge.root() == Some(root))?;
            let mut blocks = Vec::new();
            for index in 0..(size / BLOCK).div_ceil(BLOCK) {
                let row = Tile::at(1, index, size)?;
                blocks.extend(row.hashes(&tile(&log, row).ok()?).ok()?);
            }
            let mut frontier = Frontier::default();
            blocks.iter().for_each(|&block| frontier.push(block));
            let is_same = edge.frontier().concat().starts_with(&frontier.to_bytes());
            is_same.then_some(Self { edge, blocks })
        };
        let read = tokio::task::spawn_blocking(read).await;
        read.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic()))
    }

    /// The leaves of the signed tree that events with these numbers are.
    pub(super) async fn leaves_of(
        &self,
        numbers: impl Iterator<Item = i64>,
        conn: &mut PgConnection,
    ) -> Result<BTreeMap<i64, Hash>, SignError> {
        let (mut found, mut known) = (BTreeMap::new(), BTreeMap::new());
        for number in numbers {
            let index = u64::try_from(number).ok().and_then(|number| number.checked_sub(1));
            let Some(index) = index.filter(|index| *index < self.edge.size()) else { continue };
            let block = index / BLOCK;
            let row = match known.entry(block) {
                Entry::Occupied(row) => row.into_mut(),
                Entry::Vacant(place) => place.insert(self.block(block, conn).await?),
            };
            let place = usize::try_from(index % BLOCK).unwrap_or(usize::MAX);
            if let Some(leaf) = row.get(place) {
                found.insert(number, *leaf);
            }
        }
        Ok(found)
    }

    /// The leaves of a block; none when the database has others by now.
    async fn block(&self, block: u64, conn: &mut PgConnection) -> Result<Vec<Hash>, SignError> {
        let root = usize::try_from(block).ok().and_then(|block| self.blocks.get(block));
        let Some(root) = root else { return Ok(self.edge.last_leaves().to_vec()) };
        match leaves(conn, block * BLOCK, (block + 1) * BLOCK).await {
            Ok(row) if row.len() == usize::from(WIDTH) && subtree(&row) == *root => Ok(row),
            Ok(_) => Ok(Vec::new()),
            Err(error) if error.is_alarm() => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}
