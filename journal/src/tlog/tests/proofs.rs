//! Inclusion and consistency.

use std::convert::Infallible;
use std::iter::once;

use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2_for_ct_merkle::Sha256 as Theirs;
use tlog_tiles as tiles;

use super::{among, hex, leaf_of, leaves};
use crate::leaf::Hash;
use crate::merkle::Frontier;
use crate::tlog::check::{self, ProofError};
use crate::tlog::tree::{self, Node, TreeError};

/// The entries that the tests of Certificate Transparency and of Go use.
const ENTRIES: [&[u8]; 8] = [
    b"",
    b"\x00",
    b"\x10",
    b"\x20\x21",
    b"\x30\x31",
    b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
];
const ROOTS: [&str; 9] = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];

#[test]
fn roots_and_proofs_are_the_published_ones() {
    let leaves = ENTRIES.map(leaf_of);
    for (size, root) in (0..).zip(ROOTS) {
        assert_eq!(tree::root(size, among(&leaves)), Ok(hex(root)), "of {size}");
    }
    let inclusion = |index, size| tree::inclusion(index, size, among(&leaves)).unwrap();
    let expected = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ];
    assert_eq!(inclusion(0, 8), expected.map(hex));
    let expected = [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(inclusion(5, 8), expected.map(hex));
    let consistency = |old, size| tree::consistency(old, size, among(&leaves)).unwrap();
    let expected = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ];
    assert_eq!(consistency(6, 8), expected.map(hex));
    let expected = [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ];
    assert_eq!(consistency(2, 5), expected.map(hex));
}

#[test]
fn what_a_tree_does_not_have_is_not_proven() {
    let leaves = leaves(5);
    assert_eq!(tree::inclusion(5, 5, among(&leaves)), Err(TreeError::Outside));
    assert_eq!(tree::consistency(6, 5, among(&leaves)), Err(TreeError::Outside));
    assert_eq!(check::inclusion(&leaves[0], 0, (0, &leaves[0]), &[]), Err(ProofError::Outside));
    let failing = |_: Node| Err("away");
    assert_eq!(tree::inclusion(1, 5, failing), Err(TreeError::Source("away")));
}

/// The whole tree by the other implementations, which share no line with each other or with us.
struct Oracles<S> {
    ours: Vec<Hash>,
    source: S,
    ct: MemoryBackedTree<Theirs, Vec<u8>>,
    stored: Vec<tiles::Hash>,
}

struct Stored<'s>(&'s [tiles::Hash]);

impl tiles::HashReader for Stored<'_> {
    fn read_hashes(&self, places: &[u64]) -> Result<Vec<tiles::Hash>, tiles::Error> {
        Ok(places.iter().map(|&place| self.0[usize::try_from(place).unwrap()]).collect())
    }
}

/// The tree of so many leaves.
fn oracles(size: u64) -> Oracles<impl Fn(Node) -> Result<Hash, Infallible>> {
    let (mut ct, mut stored) = (MemoryBackedTree::new(), Vec::new());
    for n in 0..size {
        let entry = n.to_be_bytes();
        ct.push(entry.to_vec());
        let more = tiles::stored_hashes(n, &entry, &Stored(&stored)).unwrap();
        stored.extend(more);
    }
    let ours = leaves(size);
    Oracles { source: among(&ours), ours, ct, stored }
}

impl<S: Fn(Node) -> Result<Hash, Infallible>> Oracles<S> {
    fn size(&self) -> u64 {
        self.ours.len() as u64
    }

    fn agree_on_inclusion(&self, index: u64) {
        let root = tree::root(self.size(), &self.source).unwrap();
        let proof = tree::inclusion(index, self.size(), &self.source).unwrap();
        let theirs = self.ct.prove_inclusion(usize::try_from(index).unwrap());
        assert_eq!(proof.concat(), theirs.as_bytes(), "{index} of {}", self.size());
        assert_eq!(self.ct.root().as_bytes().as_slice(), root);
        let theirs = tiles::prove_record(self.size(), index, &Stored(&self.stored)).unwrap();
        assert!(theirs.iter().map(|hash| &hash.0).eq(&proof));
        let theirs = tiles::tree_hash(self.size(), &Stored(&self.stored)).unwrap();
        assert_eq!(theirs.0, root);
        let leaf = self.ours[usize::try_from(index).unwrap()];
        assert_eq!(check::inclusion(&leaf, index, (self.size(), &root), &proof), Ok(()));
    }

    fn agree_on_consistency(&self, old: u64) {
        let root = tree::root(self.size(), &self.source).unwrap();
        let old_root = tree::root(old, &self.source).unwrap();
        let proof = tree::consistency(old, self.size(), &self.source).unwrap();
        let added = usize::try_from(self.size() - old).unwrap();
        let theirs = self.ct.prove_consistency(added);
        assert_eq!(proof.concat(), theirs.as_bytes(), "{old} to {}", self.size());
        let theirs = tiles::prove_tree(self.size(), old, &Stored(&self.stored)).unwrap();
        assert!(theirs.iter().map(|hash| &hash.0).eq(&proof));
        assert_eq!(check::consistency((old, &old_root), (self.size(), &root), &proof), Ok(()));
    }
}

#[test]
fn two_other_implementations_make_the_same_proofs_at_every_small_size() {
    for size in 1..=130 {
        let trees = oracles(size);
        (0..size).for_each(|index| trees.agree_on_inclusion(index));
        (1..=size).for_each(|old| trees.agree_on_consistency(old));
    }
    for size in 131..=320 {
        let trees = oracles(size);
        for part in [0, size / 3, size / 2, size - 2, size - 1] {
            trees.agree_on_inclusion(part);
            trees.agree_on_consistency(part + 1);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    #[test]
    fn they_do_at_large_sizes_too(
        (size, places) in (1_000u64..100_000)
            .prop_flat_map(|size| (Just(size), proptest::collection::vec(0..size, 4)))
    ) {
        let trees = oracles(size);
        for place in places {
            trees.agree_on_inclusion(place);
            trees.agree_on_consistency(place + 1);
        }
    }
}

/// What a liar would change in a proof: each hash, one more, one less.
fn altered(proof: &[Hash]) -> impl Iterator<Item = Vec<Hash>> {
    let flipped = (0..proof.len()).map(|place| {
        let mut proof = proof.to_vec();
        proof[place][place % 32] ^= 1;
        proof
    });
    let longer = [proof, &[[7; 32]]].concat();
    let shorter = proof.split_last().map(|(_, rest)| rest.to_vec());
    flipped.chain(once(longer)).chain(shorter).collect::<Vec<_>>().into_iter()
}

proptest! {
    #[test]
    fn a_proof_of_anything_else_does_not_check(
        (size, index) in (1u64..400).prop_flat_map(|size| (Just(size), 0..size)),
        other in 0u64..400,
    ) {
        let leaves = leaves(size);
        let leaf = leaves[usize::try_from(index).unwrap()];
        let root = tree::root(size, among(&leaves)).unwrap();
        let proof = tree::inclusion(index, size, among(&leaves)).unwrap();
        let checks = |leaf: &Hash, index, proof: &[Hash]| {
            check::inclusion(leaf, index, (size, &root), proof).is_ok()
        };
        prop_assert!(checks(&leaf, index, &proof));
        prop_assert!(!checks(&leaf_of(b"another"), index, &proof));
        prop_assert!(other == index || !checks(&leaf, other, &proof));
        for altered in altered(&proof) {
            prop_assert!(!checks(&leaf, index, &altered));
        }
        let another = leaf_of(b"root");
        prop_assert!(check::inclusion(&leaf, index, (size, &another), &proof).is_err());
    }

    #[test]
    fn a_rewritten_past_is_consistent_with_nothing(
        (size, old) in (2u64..400).prop_flat_map(|size| (Just(size), 1..size)),
        place in any::<prop::sample::Index>(),
    ) {
        let leaves = leaves(size);
        let root_of = |leaves: &[Hash], size| tree::root(size, among(leaves)).unwrap();
        let proof = tree::consistency(old, size, among(&leaves)).unwrap();
        let signed = root_of(&leaves, old);
        let root = root_of(&leaves, size);
        let ends = |root: &Hash, proof: &[Hash]| {
            check::consistency((old, &signed), (size, root), proof).is_ok()
        };
        prop_assert!(ends(&root, &proof));
        for altered in altered(&proof) {
            prop_assert!(!ends(&root, &altered));
        }
        let mut rewritten = leaves.clone();
        rewritten[place.index(usize::try_from(old).unwrap())][0] ^= 1;
        let proof = tree::consistency(old, size, among(&rewritten)).unwrap();
        prop_assert!(!ends(&root_of(&rewritten, size), &proof));
    }
}

#[test]
fn of_no_events_and_of_the_same_everything_is_consistent_without_a_proof() {
    let (leaves, empty) = (leaves(5), hex(ROOTS[0]));
    let root = tree::root(5, among(&leaves)).unwrap();
    assert_eq!(tree::consistency(0, 5, among(&leaves)), Ok(Vec::new()));
    assert_eq!(tree::consistency(5, 5, among(&leaves)), Ok(Vec::new()));
    let consistency = check::consistency;
    assert_eq!(consistency((0, &empty), (5, &root), &[]), Ok(()));
    assert_eq!(consistency((5, &root), (5, &root), &[]), Ok(()));
    assert_eq!(consistency((0, &root), (5, &root), &[]), Err(ProofError::Root));
    assert_eq!(consistency((5, &empty), (5, &root), &[]), Err(ProofError::Root));
    assert_eq!(consistency((5, &root), (5, &root), &[root]), Err(ProofError::Length));
    assert_eq!(consistency((6, &root), (5, &root), &[]), Err(ProofError::Outside));
}

#[test]
fn the_largest_tree_there_can_be_is_proven_within_the_bound() {
    // Every perfect subtree of a level has the same hash: that is enough for a source.
    let mut rows = vec![[5; 32]];
    for level in 1..64 {
        let below = rows[level - 1];
        rows.push(crate::merkle::node(&below, &below));
    }
    let source = |node: Node| Ok::<_, Infallible>(rows[usize::from(node.level)]);
    for size in [u64::MAX, 1 << 63, (1 << 63) + 1] {
        let root = tree::root(size, source).unwrap();
        for index in [0, size / 2, size - 1] {
            let proof = tree::inclusion(index, size, source).unwrap();
            assert!(proof.len() <= check::LONGEST);
            assert_eq!(check::inclusion(&rows[0], index, (size, &root), &proof), Ok(()));
        }
        for old in [1, size / 2, size - 1] {
            let proof = tree::consistency(old, size, source).unwrap();
            let old_root = tree::root(old, source).unwrap();
            assert!(proof.len() <= check::LONGEST + 1);
            assert_eq!(check::consistency((old, &old_root), (size, &root), &proof), Ok(()));
        }
    }
}

#[test]
fn the_sequencers_tree_has_the_same_root() {
    let (mut frontier, leaves) = (Frontier::default(), leaves(300));
    for (size, leaf) in (1..).zip(&leaves) {
        frontier.push(*leaf);
        assert_eq!(tree::root(size, among(&leaves)), Ok(frontier.root()));
    }
}
