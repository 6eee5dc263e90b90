//! `manifest.json`: what a bundle is, and how much.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::choice::Chosen;
use super::error::BundleError;
use super::files::{small, write};
use super::sums::Sums;
use super::{CLAIMS, LEAVES, MANIFEST};
use crate::hex::hex;
use crate::leaf::Hash;
use crate::tlog::checkpoint::Checkpoint;

/// The form that this version reads and writes.
const FORMAT: &str = "annals-bundle/v1";

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    format: String,
    /// The log.
    pub origin: String,
    /// How many events the tree has.
    pub size: i64,
    /// Its root, in hex.
    pub root: String,
    /// What is in it.
    pub chosen: Chosen,
    /// How many events that is.
    pub events: i64,
    /// How many of each kind and version of its shape: `ticket.opened/1`.
    pub kinds: BTreeMap<String, i64>,
    /// Of all and of an epoch: the last number that was given to a ticket.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ticket_number: Option<i64>,
}

impl Manifest {
    /// Of a bundle that ends with this checkpoint, without events.
    pub(super) fn new(checkpoint: &Checkpoint, chosen: Chosen) -> Self {
        Self {
            format: FORMAT.to_owned(),
            origin: checkpoint.origin.clone(),
            size: i64::try_from(checkpoint.size).unwrap_or(i64::MAX),
            root: hex(&checkpoint.root),
            chosen,
            events: 0,
            kinds: BTreeMap::new(),
            ticket_number: None,
        }
    }

    /// Counts an event of this kind and version.
    pub(super) fn count(&mut self, kind: String) {
        self.events += 1;
        *self.kinds.entry(kind).or_default() += 1;
    }

    /// Counts the events of an earlier one as well.
    pub(super) fn add(&mut self, before: &Self) {
        self.events += before.events;
        for (kind, count) in &before.kinds {
            *self.kinds.entry(kind.clone()).or_default() += count;
        }
    }

    pub(super) fn has_root(&self, root: &Hash) -> bool {
        self.root == hex(root)
    }

    /// Whether it speaks of the tree of this checkpoint.
    pub(super) fn is_of(&self, checkpoint: &Checkpoint) -> bool {
        self.origin == checkpoint.origin
            && self.size.unsigned_abs() == checkpoint.size
            && self.has_root(&checkpoint.root)
    }

    /// Reads one; the same text gives the same manifest, and no other text does.
    ///
    /// # Errors
    /// It is none, or of a form that this version does not know.
    pub fn parse(bytes: &[u8]) -> Result<Self, &'static str> {
        let none = "this is not the manifest of a bundle";
        let manifest: Self = serde_json::from_slice(bytes).map_err(|_| none)?;
        if manifest.format != FORMAT {
            return Err("this version does not know the form of this bundle");
        }
        let whole = manifest.chosen.fits(manifest.size, manifest.events);
        if manifest.text() != bytes || manifest.events < 1 || manifest.size < 1 || !whole {
            return Err(none);
        }
        Ok(manifest)
    }

    pub(super) fn read(folder: &Path, sums: &Sums) -> Result<Self, BundleError> {
        let bytes = small(folder, MANIFEST)?;
        sums.check(MANIFEST, &Sha256::digest(&bytes).into())?;
        let not = |what| BundleError::NotABundle { path: folder.join(MANIFEST), what };
        let manifest = Self::parse(&bytes).map_err(not)?;
        let is_epoch = matches!(manifest.chosen, Chosen::Epoch(_));
        if manifest.chosen.is_dense() != sums.has(CLAIMS) || is_epoch != sums.has(LEAVES) {
            return Err(not("it does not have the files of what was chosen"));
        }
        Ok(manifest)
    }

    pub(super) fn write(&self, folder: &Path, sums: &mut Sums) -> Result<(), BundleError> {
        write(folder, MANIFEST, &self.text(), sums)
    }

    fn text(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec_pretty(self).expect("its keys are texts");
        text.push(b'\n');
        text
    }
}
