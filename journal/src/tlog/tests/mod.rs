//! Against published values, against two implementations of others, and against what is malformed.

mod checkpoint;
mod files;
mod hostile;
mod notes;
mod policy;
mod proofs;

use std::convert::Infallible;

use sha2::{Digest, Sha256};

use super::key::{Kind, SignerKey};
use super::tree::Node;
use crate::leaf::Hash;
use crate::merkle::node;

/// The leaf hash of an entry.
fn leaf_of(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// Leaves that differ.
fn leaves(count: u64) -> Vec<Hash> {
    (0..count).map(|n| leaf_of(&n.to_be_bytes())).collect()
}

/// The hashes of all perfect subtrees over these leaves.
fn among(leaves: &[Hash]) -> impl Fn(Node) -> Result<Hash, Infallible> + use<> {
    let mut rows = vec![leaves.to_vec()];
    while let Some(below) = rows.last().filter(|row| row.len() > 1) {
        rows.push(below.chunks_exact(2).map(|pair| node(&pair[0], &pair[1])).collect());
    }
    move |node| Ok(rows[usize::from(node.level)][usize::try_from(node.index).unwrap()])
}

fn hex(text: &str) -> Hash {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    std::array::from_fn(|n| byte(2 * n))
}

fn signer(name: &str, kind: Kind, seed: u8) -> SignerKey {
    SignerKey::new(name.parse().unwrap(), kind, &[seed; 32])
}
