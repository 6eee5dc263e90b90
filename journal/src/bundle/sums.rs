//! `SHA256SUMS`: the digests of a bundle's files, as `sha256sum -c` reads them too.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

use super::error::BundleError;
use super::files::small;
use super::{CHECKPOINTS, CLAIMS, EVENTS, LEAVES, MANIFEST, POLICY, SUMS};
use crate::hex::{bytes, hex};
use crate::leaf::Hash;

/// Digests by the names of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sums(BTreeMap<String, Hash>);

impl Sums {
    /// Of a bundle; without it one is not whole.
    pub(super) fn read(folder: &Path) -> Result<Self, BundleError> {
        let bytes = small(folder, SUMS)?;
        let malformed = || BundleError::changed(SUMS, "it does not hold digests of these files");
        let sums = Self::parse(&bytes).ok_or_else(malformed)?;
        let part = [CHECKPOINTS, EVENTS, MANIFEST, POLICY];
        let all = [CHECKPOINTS, CLAIMS, EVENTS, MANIFEST, POLICY];
        let epoch = [CHECKPOINTS, CLAIMS, EVENTS, LEAVES, MANIFEST, POLICY];
        let is_one = |names: &[&str]| sums.0.keys().eq(names);
        if is_one(&part) || is_one(&all) || is_one(&epoch) { Ok(sums) } else { Err(malformed()) }
    }

    /// The same text gives the same sums, and no other text does.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(bytes).ok()?;
        let mut sums = Self::default();
        for line in text.lines().take(8) {
            let (digest, name) = line.split_once("  ")?;
            sums.put(name, hash(digest)?);
        }
        (sums.to_string() == text).then_some(sums)
    }

    pub(super) fn put(&mut self, name: &str, digest: Hash) {
        self.0.insert(name.to_owned(), digest);
    }

    /// Whether it is of a file of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Refuses a file that is not the one that was written.
    pub(super) fn check(&self, name: &str, digest: &Hash) -> Result<(), BundleError> {
        if self.0.get(name) == Some(digest) {
            return Ok(());
        }
        Err(BundleError::changed(name, "it does not have the digest that SHA256SUMS has of it"))
    }
}

impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, digest)| writeln!(f, "{}  {name}", hex(digest)))
    }
}

fn hash(text: &str) -> Option<Hash> {
    bytes(text)?.try_into().ok()
}
