//! A tree that grows is signed, whatever happens in between; any other is not.

mod edge;
mod files;
mod growing;
mod keys;
mod killed;
mod rollback;
mod witnessed;

use std::path::Path;

use sqlx::PgConnection;
use tempfile::TempDir;

use super::checkpoints::Checkpoints;
use super::error::SignError;
use super::folder::Folder;
use super::keys::policy;
use super::signing::Signing;
use crate::leaf::Hash;
use crate::postgres::connect::ActingAs;
use crate::testing::{World, stopped, ticket};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::tile::Tiles;
use crate::tlog::{check, tree};

/// A journal and the folder its signer works in.
struct Desk {
    world: World,
    data: TempDir,
}

impl Desk {
    async fn new() -> Self {
        Self { world: World::new().await, data: TempDir::new().unwrap() }
    }

    fn folder(&self) -> Folder {
        Folder::of(self.data.path())
    }

    async fn conn(&self) -> PgConnection {
        self.world.acting_as(ActingAs::Sequencer).await
    }

    /// So many events of a stream of their own, settled.
    async fn happen(&self, stream: u32, events: u64) {
        let events = (0..events).map(|_| stopped(1)).collect();
        self.world.append(ticket(stream.into(), 0, events)).await.unwrap();
        self.world.settle().await;
    }

    /// What a signer that has just started signs.
    async fn sign(&self) -> Result<Option<u64>, SignError> {
        let mut conn = self.conn().await;
        Signing::open(&self.folder(), &mut conn).await?.step(&mut conn).await
    }

    /// All checkpoints of the file, each believed.
    fn checkpoints(&self) -> Vec<Checkpoint> {
        let policy = policy(&self.folder()).unwrap().unwrap();
        let mut file = Checkpoints::open(&self.folder().checkpoints()).unwrap();
        let (mut found, mut before) = (Vec::new(), None);
        while let Some(signed) = file.next(&policy, before).unwrap() {
            before = Some(signed.checkpoint.size);
            found.push(signed.checkpoint);
        }
        found
    }

    /// Every checkpoint proves to continue the one before and to have the root of its tiles; the table
    /// and the published one agree; the last is the sequencer's tree.
    async fn assert_sound(&self) {
        let checkpoints = self.checkpoints();
        let last = checkpoints.last().expect("something is signed");
        let log = self.folder().log().to_owned();
        let mut tiles = Tiles::new(last.size, |tile| std::fs::read(log.join(tile.to_string())));
        for pair in checkpoints.windows(2) {
            let proof = tree::consistency(pair[0].size, pair[1].size, |node| tiles.node(node));
            let ends = [&pair[0], &pair[1]].map(|end| (end.size, &end.root));
            check::consistency(ends[0], ends[1], &proof.unwrap()).unwrap();
        }
        let root: Hash = tree::root(last.size, |node| tiles.node(node)).unwrap();
        assert_eq!(root, last.root);
        let table: i64 = self.world.number("select count(*) from journal.checkpoints").await;
        assert_eq!(table, i64::try_from(checkpoints.len()).unwrap());
        let published = std::fs::read_to_string(self.folder().log().join("checkpoint")).unwrap();
        assert!(published.starts_with(&last.to_string()));
        let report = self.world.check().await;
        assert_eq!((report.size, report.root), (i64::try_from(last.size).unwrap(), last.root));
        assert_eq!(report.tampering, None);
    }
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
