//! The log as others read it: proofs of RFC 6962, and the files of C2SP that carry them.
//!
//! Pure: bytes in, values out; no database, no clock, no file. Every parser is strict (one spelling
//! a value), bounded, and answers with a typed error: what it reads may come from anybody. Called by
//! the signer, by the auditor's tools, and by whoever checks a proof on a machine of their own.
//!
//! | File | Format |
//! |---|---|
//! | [`tree`], [`check`] | proofs of RFC 6962: made from the hashes of perfect subtrees, and checked |
//! | [`key`], [`note`] | signed-note: keys, signatures under a text |
//! | [`checkpoint`] | tlog-checkpoint: origin, size, root |
//! | [`cosignature`] | tlog-cosignature: what a witness signs |
//! | [`tile`], [`bundle`] | tlog-tiles: the tree and its entries as static files |
//! | [`proof`] | tlog-proof: everything about one entry in a text file |
//! | [`policy`] | tlog-policy: whom a reader trusts |
//! | [`witness`] | tlog-witness: what a witness is asked, and when it signs |

pub mod bundle;
pub mod check;
pub mod checkpoint;
pub mod cosignature;
pub mod key;
pub mod note;
pub mod policy;
pub mod proof;
#[cfg(test)]
mod tests;
mod text;
pub mod tile;
pub mod tree;
pub mod witness;
