//! Checks proofs of RFC 6962, as RFC 9162 §2.1.3.2 and §2.1.4.2 put it. Needs nothing but the proof.

use crate::leaf::Hash;
use crate::merkle::node;

/// No proof is longer: a tree has at most 2^64 leaves.
pub const LONGEST: usize = 64;
/// The root of a tree without leaves: SHA-256 of nothing.
pub const EMPTY: Hash = [
    0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
    0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
];

/// What a proof fails to prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// No such leaf, or the later tree is the smaller one.
    #[error("the proof is for a tree that is not that large")]
    Outside,
    /// More hashes than these sizes ask for, or fewer.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes lead elsewhere.
    #[error("the proof does not lead to the root")]
    Root,
}

/// Whether the leaf with this hash stands at `index` in the tree of this size and root.
///
/// # Errors
/// It does not, or the proof does not show it.
pub fn inclusion(
    leaf: &Hash,
    index: u64,
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Outside);
    }
    let mut path = Path { index, last: size - 1 };
    let mut hash = *leaf;
    for sibling in proof {
        hash = match path.up()? {
            Sibling::Left => node(sibling, &hash),
            Sibling::Right => node(&hash, sibling),
        };
    }
    path.ends_at(&hash, root)
}

/// Whether the tree of the first size and root is the beginning of the second.
///
/// # Errors
/// It is not, or the proof does not show it.
pub fn consistency(
    (old, old_root): (u64, &Hash),
    (size, root): (u64, &Hash),
    proof: &[Hash],
) -> Result<(), ProofError> {
    if old > size {
        return Err(ProofError::Outside);
    }
    if old == 0 || old == size {
        let expected = if old == 0 { &EMPTY } else { root };
        return match (proof, old_root == expected) {
            ([], true) => Ok(()),
            ([], false) => Err(ProofError::Root),
            _ => Err(ProofError::Length),
        };
    }
    let mut path = Path { index: old - 1, last: size - 1 };
    path.skip(path.index.trailing_ones());
    // A perfect old tree is a node of the new one: its root is the beginning of the way.
    let (first, rest) = match proof.split_first() {
        _ if old.is_power_of_two() => (old_root, proof),
        Some(split) => split,
        None => return Err(ProofError::Length),
    };
    let (mut before, mut after) = (*first, *first);
    for sibling in rest {
        match path.up()? {
            Sibling::Left => {
                before = node(sibling, &before);
                after = node(sibling, &after);
            }
            Sibling::Right => after = node(&after, sibling),
        }
    }
    path.ends_at(&after, root)?;
    if before == *old_root { Ok(()) } else { Err(ProofError::Root) }
}

/// The way from a node to the root: where it stands on its level, and where the level's last one does.
#[derive(Debug)]
struct Path {
    index: u64,
    last: u64,
}

enum Sibling {
    Left,
    Right,
}

impl Path {
    /// To the next level that has a sibling; which side it is on.
    fn up(&mut self) -> Result<Sibling, ProofError> {
        if self.last == 0 {
            return Err(ProofError::Length);
        }
        let side = if self.index & 1 == 1 || self.index == self.last {
            // The last one has no sibling until it is a right child.
            self.skip(self.index.trailing_zeros());
            Sibling::Left
        } else {
            Sibling::Right
        };
        self.skip(1);
        Ok(side)
    }

    fn skip(&mut self, levels: u32) {
        self.index = self.index.checked_shr(levels).unwrap_or(0);
        self.last = self.last.checked_shr(levels).unwrap_or(0);
    }

    fn ends_at(&self, hash: &Hash, root: &Hash) -> Result<(), ProofError> {
        match (self.last, hash == root) {
            (0, true) => Ok(()),
            (0, false) => Err(ProofError::Root),
            _ => Err(ProofError::Length),
        }
    }
}
