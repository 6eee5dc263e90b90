//! Is a bundle what was recorded? Recomputes everything from the events' texts; needs no database and
//! no network, and trusts nothing but a policy.

use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::choice::{Chosen, Epoch};
use super::error::BundleError;
use super::files::{Leaves, checkpoints, digest, small};
use super::judge::Batches;
use super::manifest::Manifest;
use super::proving::NO_PROOF;
use super::streams::Streams;
use super::sums::Sums;
use super::tree::{Tree, TreeFile};
use super::{CHECKPOINTS, EVENTS, MANIFEST, POLICY, SUMS, archive, claims};
use crate::leaf::Hash;
use crate::signer::{SignError, Signed};
use crate::tlog::check;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;
use crate::tlog::tile::{Tile, WIDTH};
use crate::verify::{Marks, Tampering};

/// What a reader brings along.
#[derive(Debug, Clone, Default)]
pub struct Trust<'t> {
    /// Whom they trust; otherwise whom the bundle says to trust, which shows no more than that it is
    /// in itself sound.
    pub policy: Option<Policy>,
    /// A checkpoint that they kept: the history has to continue it.
    pub since: Option<&'t [u8]>,
}

/// A bundle that was found to be sound. Only such a one is brought in.
#[derive(Debug)]
pub struct Verified {
    /// What it is.
    pub manifest: Manifest,
    /// How many checkpoints were found to be of this history.
    pub checkpoints: u64,
    /// Of how many epochs, if it is an archive.
    pub epochs: Option<usize>,
    /// Where its events lie, and how many: one behind the other.
    pub(super) folders: Vec<(PathBuf, i64)>,
    pub(super) root: Hash,
    pub(super) note: Note,
    /// What it was verified with.
    pub(super) policy: Policy,
}

impl Verified {
    /// The files of its events, a line each, in the order of the log.
    pub fn files(&self) -> impl Iterator<Item = PathBuf> {
        self.folders.iter().map(|(folder, _)| folder.join(EVENTS))
    }
}

/// Verifies a bundle, or an archive of them; `progress` hears how many events are done, of how many.
///
/// # Errors
/// It is not sound, not whole, not a bundle, or it cannot be read; [`BundleError`] says which.
pub fn verify(
    folder: &Path,
    trust: Trust<'_>,
    progress: impl FnMut(i64, i64),
) -> Result<Verified, BundleError> {
    if archive::is_one(folder) {
        return archive::verify(folder, &trust, progress);
    }
    one(folder, trust, None, progress)
}

/// Verifies one bundle; an epoch behind others together with their streams.
pub(super) fn one(
    folder: &Path,
    trust: Trust<'_>,
    streams: Option<&mut Streams>,
    progress: impl FnMut(i64, i64),
) -> Result<Verified, BundleError> {
    whole(folder)?;
    let sums = Sums::read(folder)?;
    let manifest = Manifest::read(folder, &sums)?;
    let policy_text = small(folder, POLICY)?;
    sums.check(POLICY, &Sha256::digest(&policy_text).into())?;
    let policy = match trust.policy {
        Some(policy) => policy,
        None => Policy::parse(&policy_text).map_err(|_| BundleError::NotABundle {
            path: folder.join(POLICY),
            what: "this is not a policy",
        })?,
    };
    let signed = signed(folder, &sums, &policy)?;
    if !manifest.is_of(&signed.checkpoint) {
        return Err(BundleError::changed(MANIFEST, "it is not of the tree that was signed last"));
    }
    if let Some(bytes) = trust.since {
        kept(bytes, &policy, &manifest, &signed.checkpoint)?;
    }
    let checking = Checking {
        folder,
        sums: &sums,
        manifest: &manifest,
        counted: Manifest::new(&signed.checkpoint, manifest.chosen.clone()),
        batches: Batches::open(folder, &manifest)?,
        progress,
    };
    let checkpoints = match &manifest.chosen {
        Chosen::All => checking.all(policy.clone(), trust.since)?,
        Chosen::Epoch(epoch) => checking.epoch(epoch, (policy.clone(), trust.since), streams)?,
        _ => checking.part(&signed.checkpoint)?,
    };
    let root = signed.checkpoint.root;
    let folders = vec![(folder.to_owned(), manifest.events)];
    Ok(Verified { checkpoints, epochs: None, folders, root, note: signed.note, policy, manifest })
}

/// What has no digests was not written to its end, or is something else altogether.
fn whole(folder: &Path) -> Result<(), BundleError> {
    let is_there = |name| folder.join(name).is_file();
    if is_there(SUMS) || is_there(EVENTS) || is_there(MANIFEST) {
        return Ok(());
    }
    Err(BundleError::NotABundle { path: folder.to_owned(), what: "this is not a bundle" })
}

/// The last checkpoint, which everybody whom the policy asks for has signed.
fn signed(folder: &Path, sums: &Sums, policy: &Policy) -> Result<Signed, BundleError> {
    sums.check(CHECKPOINTS, &digest(&folder.join(CHECKPOINTS), CHECKPOINTS)?)?;
    let last = checkpoints(folder).and_then(|file| file.last(policy));
    let last = last.map_err(BundleError::Untrusted)?;
    let last = last.ok_or(BundleError::changed(CHECKPOINTS, "it holds no checkpoint"))?;
    policy.accept(&last.note).map_err(|fault| BundleError::Untrusted(fault.into()))?;
    Ok(last)
}

/// A checkpoint that somebody kept has to be of this log, and can be compared.
fn kept(
    bytes: &[u8],
    policy: &Policy,
    manifest: &Manifest,
    last: &Checkpoint,
) -> Result<(), BundleError> {
    let note = Note::parse(bytes).map_err(|fault| BundleError::Input(fault.into()))?;
    let since = policy.accept(&note).map_err(|fault| BundleError::Input(fault.into()))?;
    if since.origin != last.origin {
        let (file, database) = (since.origin, last.origin.clone());
        return Err(BundleError::Input(SignError::OtherLog { file, database }));
    }
    let reaches = match &manifest.chosen {
        Chosen::All => true,
        Chosen::Epoch(epoch) => since.size >= epoch.after.unsigned_abs(),
        _ => since == *last,
    };
    if reaches {
        return Ok(());
    }
    if since.size == last.size {
        return Err(Tampering::Rewritten { sound: 0, size: manifest.size }.into());
    }
    Err(BundleError::Refused(
        "only a bundle of all, or an archive, can be compared with an earlier checkpoint",
    ))
}

/// Going through the events.
struct Checking<'c, P> {
    folder: &'c Path,
    sums: &'c Sums,
    manifest: &'c Manifest,
    /// What is found of it.
    counted: Manifest,
    batches: Batches<'c>,
    progress: P,
}

impl<P: FnMut(i64, i64)> Checking<'_, P> {
    /// Every event: numbers, leaves, the tree's files, every signed root, streams, claims.
    fn all(mut self, policy: Policy, since: Option<&[u8]>) -> Result<u64, BundleError> {
        let untrusted = BundleError::Untrusted;
        let file = checkpoints(self.folder).map_err(untrusted)?;
        let mut marks = Marks::new(policy, Some(file), since).map_err(untrusted)?;
        marks.are_of(&self.manifest.origin).map_err(untrusted)?;
        let (mut tree, mut streams) = (Tree::default(), Streams::default());
        let (mut number, mut expected) = (0, Vec::new());
        while let Some(batch) = self.batches.next()? {
            for judged in batch {
                number += 1;
                let judged = judged?;
                if judged.number > number {
                    return Err(Tampering::Missing { number }.into());
                }
                let changed = |what| judged.changed(number, what);
                if judged.number != number {
                    return changed("it does not stand at its place");
                }
                let place = (number - 1) % i64::from(WIDTH);
                if place == 0 {
                    expected = leaves(self.folder, self.manifest, number)?;
                }
                let leaf = judged.entry.leaf();
                if usize::try_from(place).ok().and_then(|place| expected.get(place)) != Some(&leaf)
                {
                    return changed("its leaf is not the one that the tree has");
                }
                if !streams.push(judged.stream, judged.sequence) {
                    return changed("its stream has this number twice");
                }
                compare(self.folder, &tree.push(judged.entry))?;
                if let Some(found) = marks.differ(number, tree.frontier()).map_err(untrusted)? {
                    return Err(found.into());
                }
                self.counted.count(judged.kind);
            }
            (self.progress)(number, self.manifest.events);
        }
        compare(self.folder, &tree.rest())?;
        streams.check()?;
        if !self.manifest.has_root(&tree.frontier().root()) {
            return Err(Tampering::Root { size: self.manifest.size }.into());
        }
        if let Some(found) = marks.beyond(self.manifest.events).map_err(untrusted)? {
            return Err(found.into());
        }
        claims::check(self.folder, Some(&streams), self.sums)?;
        self.end()?;
        Ok(marks.count())
    }

    /// Every event behind those of a tree: numbers, leaves, every root that was signed from there on.
    fn epoch(
        mut self,
        epoch: &Epoch,
        (policy, since): (Policy, Option<&[u8]>),
        mut streams: Option<&mut Streams>,
    ) -> Result<u64, BundleError> {
        let untrusted = BundleError::Untrusted;
        let file = checkpoints(self.folder).map_err(untrusted)?;
        let mut marks = Marks::new(policy, Some(file), since).map_err(untrusted)?;
        marks.are_of(&self.manifest.origin).map_err(untrusted)?;
        let malformed = "it does not say what the epoch goes on with";
        let mut tree = epoch.tree().ok_or(BundleError::changed(MANIFEST, malformed))?;
        let mut number = epoch.after;
        let mut differ = marks.differ(number, &tree).map_err(untrusted)?;
        if number > 0 && differ.is_none() && marks.count() == 0 {
            let unsigned = "it does not begin with the checkpoint that the epoch goes on with";
            return Err(BundleError::changed(CHECKPOINTS, unsigned));
        }
        let mut leaves = Leaves::open(self.folder)?;
        while let Some(batch) = self.batches.next()? {
            for judged in batch {
                if let Some(found) = differ {
                    return Err(found.into());
                }
                number += 1;
                let judged = judged?;
                if judged.number > number {
                    return Err(Tampering::Missing { number }.into());
                }
                let changed = |what| judged.changed(number, what);
                if judged.number != number {
                    return changed("it does not stand at its place");
                }
                let leaf = judged.entry.leaf();
                if leaves.next()? != Some(leaf) {
                    return changed("its leaf is not the one that the tree has");
                }
                if let Some(streams) = &mut streams
                    && !streams.push(judged.stream, judged.sequence)
                {
                    return changed("its stream has this number twice");
                }
                tree.push(leaf);
                differ = marks.differ(number, &tree).map_err(untrusted)?;
                self.counted.count(judged.kind);
            }
            (self.progress)(self.counted.events, self.manifest.events);
        }
        if let Some(found) = differ {
            return Err(found.into());
        }
        leaves.end(self.sums)?;
        if !self.manifest.has_root(&tree.root()) {
            return Err(Tampering::Root { size: self.manifest.size }.into());
        }
        if let Some(found) = marks.beyond(number).map_err(untrusted)? {
            return Err(found.into());
        }
        claims::check(self.folder, streams.as_deref(), self.sums)?;
        self.end()?;
        Ok(marks.count())
    }

    /// Some events, each by its proof.
    fn part(mut self, checkpoint: &Checkpoint) -> Result<u64, BundleError> {
        let root = (checkpoint.size, &checkpoint.root);
        let (mut before, mut streams) = (0, Streams::default());
        while let Some(batch) = self.batches.next()? {
            for judged in batch {
                let judged = judged?;
                if judged.number <= before {
                    return judged.changed(judged.number, "it does not stand at its place");
                }
                before = judged.number;
                let index = (judged.number - 1).unsigned_abs();
                let shown = check::inclusion(&judged.entry.leaf(), index, root, &judged.proof);
                if shown.is_err() {
                    return judged.changed(judged.number, NO_PROOF);
                }
                let is_new = !self.manifest.chosen.is_streams()
                    || streams.push(judged.stream, judged.sequence);
                if !is_new {
                    return judged.changed(judged.number, "its stream has this number twice");
                }
                self.counted.count(judged.kind);
            }
            (self.progress)(self.counted.events, self.manifest.events);
        }
        streams.check()?;
        self.end()?;
        Ok(1)
    }

    /// They have to be those that the manifest tells of, in the file that was written.
    fn end(self) -> Result<(), BundleError> {
        self.batches.end(self.sums)?;
        if self.counted.kinds != self.manifest.kinds {
            return Err(BundleError::changed(MANIFEST, "it counts other events than there are"));
        }
        Ok(())
    }
}

/// The leaves that the tree has from this event on, up to 256.
fn leaves(folder: &Path, manifest: &Manifest, number: i64) -> Result<Vec<Hash>, BundleError> {
    let index = (number - 1).unsigned_abs() / u64::from(WIDTH);
    let tile = Tile::at(0, index, manifest.size.unsigned_abs());
    let tile = tile.ok_or(BundleError::changed(MANIFEST, "it has more events than its tree"))?;
    let name = tile.to_string();
    let hashes = tile.hashes(&small(folder, &name)?);
    hashes
        .map_err(|_| BundleError::changed(name, "it does not have as many hashes as its name says"))
}

/// Compares files of the tree with those that follow from the events.
fn compare(folder: &Path, files: &[TreeFile]) -> Result<(), BundleError> {
    for (name, bytes) in files {
        if small(folder, name)? != *bytes {
            return Err(BundleError::changed(name, "it does not follow from the events"));
        }
    }
    Ok(())
}
