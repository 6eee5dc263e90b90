//! The right edge is the sequencer's frontier in another form.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use tempfile::TempDir;

use crate::leaf::Hash;
use crate::merkle::Frontier;
use crate::signer::edge::Edge;
use crate::signer::files::replace;
use crate::tlog::tile::{Tile, Tiles};
use crate::tlog::tree;

#[test]
fn at_every_size_it_has_the_root_and_the_tiles_of_the_tree() {
    let (mut edge, mut frontier) = (Edge::default(), Frontier::default());
    let mut files: BTreeMap<Tile, Vec<u8>> = BTreeMap::new();
    for n in 0..66_000u32 {
        let leaf: Hash = Sha256::digest(n.to_be_bytes()).into();
        let mut whole = Vec::new();
        edge.push(leaf, &mut whole);
        frontier.push(leaf);
        files.extend(whole);
        let size = u64::from(n) + 1;
        if size < 600 || size % 997 == 0 || (65_530..65_545).contains(&size) {
            assert_eq!(edge.frontier().concat(), frontier.to_bytes(), "{size}");
            assert_eq!(edge.root(), Some(frontier.root()));
            let mut there = files.clone();
            there.extend(edge.partial());
            let mut tiles = Tiles::new(size, |tile| there.get(&tile).cloned().ok_or(tile));
            assert_eq!(tree::root(size, |node| tiles.node(node)).unwrap(), frontier.root());
        }
    }
}

#[test]
fn it_is_read_back_out_of_its_tiles_or_not_at_all() {
    let folder = TempDir::new().unwrap();
    let (mut edge, mut whole) = (Edge::default(), Vec::new());
    for n in 0..700u32 {
        edge.push(Sha256::digest(n.to_be_bytes()).into(), &mut whole);
    }
    for (tile, bytes) in whole.into_iter().chain(edge.partial()) {
        replace(&folder.path().join(tile.to_string()), &bytes, 0o644).unwrap();
    }
    let read = Edge::read(folder.path(), 700).unwrap();
    assert_eq!(read.frontier(), edge.frontier());
    let path = folder.path().join("tile/0/002.p/188");
    std::fs::write(&path, [0; 31]).unwrap();
    assert!(Edge::read(folder.path(), 700).is_none(), "half a tile");
    std::fs::remove_file(&path).unwrap();
    assert!(Edge::read(folder.path(), 700).is_none(), "a missing tile");
    assert!(Edge::read(folder.path(), 600).is_none(), "another size");
}
