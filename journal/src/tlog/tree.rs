//! Proofs of RFC 6962 over a tree of which only single hashes can be asked for.
//!
//! Everything is made of perfect subtrees: a source answers the hash of one, be it in memory, in
//! tiles or in a database. Nothing here is larger than a proof.

use std::ops::Range;

use sha2::{Digest, Sha256};

use crate::leaf::Hash;
use crate::merkle::node;

/// A perfect subtree: the `index`th, from the left, of those with `2^level` leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Node {
    /// Its height; 0 for a leaf. At most 63.
    pub level: u8,
    /// Its place among those of its height, from 0.
    pub index: u64,
}

impl Node {
    /// A leaf.
    pub fn leaf(index: u64) -> Self {
        Self { level: 0, index }
    }
}

/// Why a proof cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TreeError<E> {
    /// No such leaf, or no such smaller tree.
    #[error("the tree is not that large")]
    Outside,
    /// The source does not answer.
    #[error(transparent)]
    Source(#[from] E),
}

/// The root of the first `size` leaves; of none, the hash of nothing.
///
/// # Errors
/// The source's.
pub fn root<E>(size: u64, source: impl FnMut(Node) -> Result<Hash, E>) -> Result<Hash, E> {
    if size == 0 {
        return Ok(Sha256::digest([]).into());
    }
    subtree(&(0..size), source)
}

/// The proof that the leaf at `index` is in the tree of the first `size` leaves: from its sibling up.
///
/// # Errors
/// [`TreeError::Outside`] unless `index < size`; the source's.
pub fn inclusion<E>(
    index: u64,
    size: u64,
    mut source: impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    if index >= size {
        return Err(TreeError::Outside);
    }
    let mut siblings = Vec::new();
    let mut within = 0..size;
    while within.end - within.start > 1 {
        let (left, right) = halves(&within);
        (within, siblings) = descend(siblings, left, right, |left| index < left.end);
    }
    hashes(siblings, &mut source)
}

/// The proof that the first `old` leaves of the tree of `size` leaves are the tree of `old` leaves.
///
/// # Errors
/// [`TreeError::Outside`] unless `old <= size`; the source's.
pub fn consistency<E>(
    old: u64,
    size: u64,
    mut source: impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    if old > size {
        return Err(TreeError::Outside);
    }
    let mut siblings = Vec::new();
    let mut within = 0..size;
    // Of the empty tree there is nothing to show.
    while old > 0 && within.end != old {
        let (left, right) = halves(&within);
        (within, siblings) = descend(siblings, left, right, |left| old <= left.end);
    }
    // What begins at 0 is the old tree itself: the checker knows its root.
    if old > 0 && within.start > 0 {
        siblings.push(within);
    }
    hashes(siblings, &mut source)
}

/// One step down: into the half that is wanted, past the other one.
fn descend(
    mut passed: Vec<Range<u64>>,
    left: Range<u64>,
    right: Range<u64>,
    to_the_left: impl Fn(&Range<u64>) -> bool,
) -> (Range<u64>, Vec<Range<u64>>) {
    let (into, past) = if to_the_left(&left) { (left, right) } else { (right, left) };
    passed.push(past);
    (into, passed)
}

/// The children of a subtree with more than one leaf: the left one is the largest perfect one.
fn halves(range: &Range<u64>) -> (Range<u64>, Range<u64>) {
    let middle = range.start + (1 << (range.end - range.start - 1).ilog2());
    (range.start..middle, middle..range.end)
}

fn hashes<E>(
    ranges: Vec<Range<u64>>,
    source: &mut impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Vec<Hash>, TreeError<E>> {
    let hashes: Result<Vec<_>, _> =
        ranges.iter().rev().map(|range| subtree(range, &mut *source)).collect();
    Ok(hashes?)
}

/// The perfect subtrees a subtree of an RFC 6962 tree consists of, largest first.
pub(crate) fn perfect(range: &Range<u64>) -> impl DoubleEndedIterator<Item = Node> + use<> {
    let (start, length) = (range.start, range.end - range.start);
    (0..64u8).rev().filter(move |level| length >> level & 1 == 1).map(move |level| {
        // The larger ones stand before it.
        let before = length & !((2u64 << level).wrapping_sub(1));
        Node { level, index: (start + before) >> level }
    })
}

fn subtree<E>(
    range: &Range<u64>,
    mut source: impl FnMut(Node) -> Result<Hash, E>,
) -> Result<Hash, E> {
    let mut right_to_left = perfect(range).rev();
    let smallest = right_to_left.next().expect("a subtree has a leaf");
    let mut hash = source(smallest)?;
    for left in right_to_left {
        hash = node(&source(left)?, &hash);
    }
    Ok(hash)
}
