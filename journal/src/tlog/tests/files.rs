//! Tiles, bundles and proof files.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::convert::Infallible;

use proptest::prelude::*;

use super::{among, leaf_of, leaves, signer};
use crate::leaf::Hash;
use crate::tlog::bundle::{Bundle, BundleError};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::Kind;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;
use crate::tlog::proof::{LogProof, ProofFileError};
use crate::tlog::tile::{ReadError, Tile, TileError, Tiles};
use crate::tlog::tree::{self, Node};

/// The tile's file, out of these hashes.
fn file(tile: Tile, source: impl Fn(Node) -> Result<Hash, Infallible>) -> Vec<u8> {
    let first = tile.index * 256;
    let node = |index| Node { level: tile.level * 8, index };
    (first..first + u64::from(tile.width)).flat_map(|index| source(node(index)).unwrap()).collect()
}

#[test]
fn a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() {
    let tiles: Vec<Tile> = Tile::new_between(0, 70_000).collect();
    let of = |level, whole| {
        tiles.iter().filter(|tile| tile.level == level && tile.is_whole() == whole).count()
    };
    assert_eq!(
        [of(0, true), of(0, false), of(1, true), of(1, false), of(2, false)],
        [273, 1, 1, 1, 1]
    );
    assert_eq!(tiles.len(), 277);
    let paths = |tiles: &[Tile]| tiles.iter().map(Tile::to_string).collect::<Vec<_>>();
    assert_eq!(
        paths(&[tiles[273], tiles[275], tiles[276]]),
        ["tile/0/273.p/112", "tile/1/001.p/17", "tile/2/000.p/1"]
    );
    let at_256: Vec<Tile> = Tile::new_between(0, 256).collect();
    assert_eq!(paths(&at_256), ["tile/0/000", "tile/1/000.p/1"]);
    let grown: Vec<Tile> = Tile::new_between(255, 257).collect();
    assert_eq!(paths(&grown), ["tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"]);
    assert_eq!(Tile::new_between(70_000, 70_000).count(), 0);
}

#[test]
fn a_path_has_one_spelling() {
    for (path, level, index, width) in [
        ("tile/0/x001/x234/067", 0, 1_234_067, 256),
        ("tile/0/x001/x234/067.p/1", 0, 1_234_067, 1),
        ("tile/5/000.p/255", 5, 0, 255),
        ("tile/63/x018/x446/x744/x073/x709/x551/615", 63, u64::MAX, 256),
    ] {
        let tile = Tile { level, index, width };
        assert_eq!(path.parse(), Ok(tile), "{path}");
        assert_eq!(tile.to_string(), path);
    }
    let long = format!("tile/0/{}000", "x000/".repeat(30));
    for path in [
        "",
        "tile/",
        "tile/0",
        "tile/0/",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/0/x000/001",
        "tile/0/x001",
        "tile/0/001/002",
        "tile/0/x01/002",
        "tile/0/+01",
        "tile/0/001.p/0",
        "tile/0/001.p/256",
        "tile/0/001.p/01",
        "tile/0/001.p/",
        "tile/0/001.p/1.p/1",
        "tile/0/../001",
        "/tile/0/001",
        "tile/0/x018/x446/x744/x073/x709/x551/616",
        "tile/entries/001",
        &long,
    ] {
        assert_eq!(path.parse::<Tile>(), Err(TileError::Path), "{path}");
    }
    let bundle = Bundle { index: 1_234_067, width: 3 };
    assert_eq!(bundle.to_string(), "tile/entries/x001/x234/067.p/3");
    assert_eq!("tile/entries/x001/x234/067.p/3".parse(), Ok(bundle));
    for path in ["tile/entries/", "tile/entries/1", "tile/0/001", "tile/entries/001.p/256"] {
        assert_eq!(path.parse::<Bundle>(), Err(TileError::Path), "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn tiles_answer_what_leaves_do_and_each_is_fetched_once(
        (size, index) in (1u64..70_000).prop_flat_map(|size| (Just(size), 0..size))
    ) {
        let source = among(&leaves(size));
        let mut fetched: BTreeMap<Tile, u32> = BTreeMap::new();
        let mut tiles = Tiles::new(size, |tile| {
            *fetched.entry(tile).or_default() += 1;
            Ok::<_, String>(file(tile, &source))
        });
        let proof = tree::inclusion(index, size, |node| tiles.node(node)).unwrap();
        prop_assert_eq!(proof, tree::inclusion(index, size, &source).unwrap());
        let proof = tree::consistency(index + 1, size, |node| tiles.node(node)).unwrap();
        prop_assert_eq!(proof, tree::consistency(index + 1, size, &source).unwrap());
        let root = tree::root(size, |node| tiles.node(node)).unwrap();
        prop_assert_eq!(root, tree::root(size, &source).unwrap());
        prop_assert!(fetched.values().all(|&times| times == 1));
        let expected: Vec<Tile> = Tile::new_between(0, size).collect();
        prop_assert!(fetched.keys().all(|tile| expected.contains(tile)));
    }

    #[test]
    fn another_implementation_names_the_same_tiles(size in 0u64..200_000, more in 0u64..70_000) {
        let theirs = tlog_tiles::Tile::new_tiles(8, size, size + more);
        let ours: Vec<Tile> = Tile::new_between(size, size + more).collect();
        prop_assert_eq!(ours.len(), theirs.len());
        for theirs in theirs {
            let width = u16::try_from(theirs.width()).unwrap();
            let tile = Tile { level: theirs.level(), index: theirs.level_index(), width };
            prop_assert!(ours.contains(&tile), "{}", theirs.path());
        }
    }
}

#[test]
fn a_tile_of_another_length_or_beyond_the_tree_answers_nothing() {
    let leaves = leaves(300);
    let source = among(&leaves);
    let cut = Cell::new(1);
    let mut tiles = Tiles::new(300, |tile| {
        let mut bytes = file(tile, &source);
        bytes.truncate(bytes.len() - cut.get());
        Ok::<_, String>(bytes)
    });
    let leaf = Node::leaf(299);
    assert!(matches!(tiles.node(leaf), Err(ReadError::Tile(_, TileError::Content))));
    cut.set(32);
    assert!(matches!(tiles.node(leaf), Err(ReadError::Tile(_, TileError::Content))));
    cut.set(0);
    assert_eq!(tiles.node(leaf).unwrap(), leaves[299]);
    assert!(matches!(tiles.node(Node::leaf(300)), Err(ReadError::Outside)));
    assert!(matches!(tiles.node(Node { level: 8, index: 1 }), Err(ReadError::Outside)));
    assert!(matches!(tiles.node(Node { level: 63, index: u64::MAX }), Err(ReadError::Outside)));
    let mut away = Tiles::new(3, |_| Err::<Vec<u8>, _>("gone"));
    assert!(matches!(away.node(Node::leaf(0)), Err(ReadError::Source("gone"))));
}

#[test]
fn a_bundle_holds_as_many_entries_as_its_path_says() {
    let bundle = Bundle { index: 0, width: 2 };
    let file = bundle.file([b"".as_slice(), b"ab"]).unwrap();
    assert_eq!(file, b"\0\0\0\x02ab");
    assert_eq!(bundle.entries(&file), Ok(vec![b"".as_slice(), b"ab"]));
    assert_eq!(bundle.entries(&file[..3]), Err(BundleError::Short));
    assert_eq!(bundle.entries(&file[..5]), Err(BundleError::Short));
    assert_eq!(bundle.entries(&file[..2]), Err(BundleError::Width));
    assert_eq!(bundle.entries(&[&file[..], b"\0\0"].concat()), Err(BundleError::Width));
    assert_eq!(bundle.file([b"a".as_slice()]), Err(BundleError::Width));
    let long = vec![0; 65_536];
    assert_eq!(bundle.file([b"".as_slice(), &long]), Err(BundleError::TooLong));
    assert_eq!(bundle.file([b"".as_slice(), &long[1..]]).unwrap().len(), 65_539);
}

fn proof(size: u64, index: u64, extra: Option<Vec<u8>>) -> (LogProof, Policy) {
    let (leaves, log) = (leaves(size), signer("log", Kind::Note, 1));
    let root = tree::root(size, among(&leaves)).unwrap();
    let mut checkpoint = Note::new(&Checkpoint::new("log", size, root).to_string()).unwrap();
    checkpoint.sign(&log, 0);
    let hashes = tree::inclusion(index, size, among(&leaves)).unwrap();
    (LogProof { extra, index, hashes, checkpoint }, Policy::of_log(log.public().clone()))
}

#[test]
fn a_proof_file_proves_its_entry_and_no_other() {
    for (size, index) in [(1, 0), (2, 1), (300, 17)] {
        let (proof, policy) = proof(size, index, (size == 2).then(|| b"more".to_vec()));
        let written = proof.to_string();
        let read = LogProof::parse(written.as_bytes()).unwrap();
        assert_eq!(read, proof);
        assert_eq!(read.to_string(), written);
        let leaf = leaf_of(&index.to_be_bytes());
        assert_eq!(read.check(&leaf, &policy).unwrap().size, size);
        let other = read.check(&leaf_of(b"another"), &policy);
        assert!(matches!(other, Err(ProofFileError::Proof(_))));
        let another = Policy::of_log(signer("log", Kind::Note, 9).public().clone());
        assert!(matches!(read.check(&leaf, &another), Err(ProofFileError::Refused(_))));
    }
}

#[test]
fn a_malformed_proof_file_is_refused() {
    let written = proof(300, 17, Some(b"x".to_vec())).0.to_string();
    let lines: Vec<&str> = written.lines().collect();
    let hash = lines[3];
    let changed = |from: &str, to: &str| written.replacen(from, to, 1);
    for text in [
        String::new(),
        changed("@v1", "@v2"),
        changed("c2sp", "\nc2sp"),
        changed("extra ", "extra  "),
        changed("extra eA==", "extra eB=="),
        changed("extra eA==\n", "extra eA==\nextra eA==\n"),
        changed("index 17", "index 017"),
        changed("index 17", "index -1"),
        changed("index 17\n", "index 17\nindex 17\n"),
        changed("index 17\n", ""),
        changed(hash, &hash[..40]),
        changed(hash, &format!("{hash}\r")),
        changed(hash, &format!("{hash}\n").repeat(70)),
        changed("\n\nlog", "\nlog"),
        written.replace('\n', "\r\n"),
        written.trim_end().to_owned(),
    ] {
        assert!(LogProof::parse(text.as_bytes()).is_err(), "{text}");
    }
    assert!(LogProof::parse(&vec![b'a'; (2 << 20) + 1]).is_err());
    // One too many is well-formed, and proves nothing.
    let leaf = leaf_of(&17u64.to_be_bytes());
    let (_, policy) = proof(300, 17, None);
    let longer = changed(hash, &format!("{hash}\n{hash}"));
    assert!(LogProof::parse(longer.as_bytes()).unwrap().check(&leaf, &policy).is_err());
}
