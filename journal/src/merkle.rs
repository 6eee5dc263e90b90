//! The frontier of an RFC 6962 Merkle tree: enough to append leaves and to know the root.

use sha2::{Digest, Sha256};

use crate::leaf::Hash;

/// Roots of the perfect subtrees, left (largest) to right; one for each set bit of the size.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

/// Stored frontier bytes do not belong to this tree size.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the stored frontier does not fit its tree size")]
pub struct FrontierError;

impl Frontier {
    /// From the stored form: 32 bytes a root.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Result<Self, FrontierError> {
        let roots: Vec<Hash> = bytes
            .chunks(32)
            .map(Hash::try_from)
            .collect::<Result<_, _>>()
            .map_err(|_| FrontierError)?;
        if roots.len() != size.count_ones() as usize {
            return Err(FrontierError);
        }
        Ok(Self { size, roots })
    }

    /// The stored form.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.roots.concat()
    }

    /// How many leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf hash at the right.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for _ in 0..self.size.trailing_ones() {
            if let Some(left) = self.roots.pop() {
                hash = node(&left, &hash);
            }
        }
        self.roots.push(hash);
        self.size += 1;
    }

    /// The root; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut right_to_left = self.roots.iter().rev();
        let Some(&last) = right_to_left.next() else { return Sha256::digest([]).into() };
        right_to_left.fold(last, |right, left| node(left, &right))
    }
}

/// The hash of an inner node.
pub(crate) fn node(left: &Hash, right: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    hasher.update([0x01]);
    hasher.update(left);
    hasher.update(right);
    hasher.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::{Frontier, node};
    use crate::leaf::Hash;
    use sha2::{Digest, Sha256};

    /// RFC 6962 §2.1, literally.
    fn reference(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [leaf] => *leaf,
            _ => {
                let split = leaves.len().next_power_of_two() / 2;
                node(&reference(&leaves[..split]), &reference(&leaves[split..]))
            }
        }
    }

    #[test]
    fn the_root_is_that_of_rfc_6962_at_every_size_and_survives_storage() {
        let mut frontier = Frontier::default();
        let mut leaves = Vec::new();
        for n in 0..=260u32 {
            assert_eq!(frontier.root(), reference(&leaves), "at size {n}");
            let stored = Frontier::from_bytes(frontier.size(), &frontier.to_bytes());
            assert_eq!(stored.as_ref(), Ok(&frontier));
            let leaf: Hash = Sha256::digest(n.to_be_bytes()).into();
            leaves.push(leaf);
            frontier.push(leaf);
        }
    }

    #[test]
    fn a_frontier_of_another_size_is_refused() {
        assert!(Frontier::from_bytes(3, &[0; 32]).is_err());
        assert!(Frontier::from_bytes(1, &[0; 31]).is_err());
    }
}
