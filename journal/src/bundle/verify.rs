//! Is a bundle what was recorded? Recomputes everything from the events' texts; needs no database and
//! no network, and trusts nothing but a policy.

use std::path::{Path, PathBuf};

use super::choice::Chosen;
use super::error::BundleError;
use super::files::{Reading, digest, small};
use super::line::Line;
use super::manifest::Manifest;
use super::proving::{changed, no_proof};
use super::streams::Streams;
use super::sums::Sums;
use super::tree::{Tree, TreeFile};
use super::{CHECKPOINTS, EVENTS, MANIFEST, POLICY, SUMS, claims};
use crate::leaf::{Entry, Hash, LeafInput};
use crate::signer::{Checkpoints, SignError, Signed};
use crate::strict;
use crate::tlog::check;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;
use crate::tlog::tile::{Tile, WIDTH};
use crate::verify::{Marks, Tampering};

/// How many events lie between two tellings of progress.
const TELL: i64 = 1_000;

/// What a reader brings along.
#[derive(Debug, Default)]
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
    pub(super) folder: PathBuf,
    pub(super) root: Hash,
    pub(super) note: Note,
}

/// Verifies a bundle; `progress` hears how many events are done, of how many.
///
/// # Errors
/// It is not sound, not whole, not a bundle, or it cannot be read; [`BundleError`] says which.
pub fn verify(
    folder: &Path,
    trust: Trust<'_>,
    progress: impl FnMut(i64, i64),
) -> Result<Verified, BundleError> {
    whole(folder)?;
    let sums = Sums::read(folder)?;
    let manifest = Manifest::read(folder, &sums)?;
    sums.check(POLICY, &digest(&folder.join(POLICY), POLICY)?)?;
    let policy = match trust.policy {
        Some(policy) => policy,
        None => Policy::parse(&small(folder, POLICY)?).map_err(|_| BundleError::NotABundle {
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
        manifest: &manifest,
        counted: Manifest::new(&signed.checkpoint, manifest.chosen.clone()),
        folder,
        bytes: Vec::new(),
        again: Vec::new(),
        progress,
    };
    let checkpoints = match manifest.chosen {
        Chosen::All => checking.all(&sums, policy, trust.since)?,
        _ => checking.part(&sums, &signed.checkpoint)?,
    };
    let root = signed.checkpoint.root;
    Ok(Verified { checkpoints, folder: folder.to_owned(), root, note: signed.note, manifest })
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
    let path = folder.join(CHECKPOINTS);
    sums.check(CHECKPOINTS, &digest(&path, CHECKPOINTS)?)?;
    let last = Checkpoints::last(&path, policy).map_err(BundleError::Untrusted)?;
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
    if manifest.chosen == Chosen::All || since == *last {
        return Ok(());
    }
    if since.size == last.size {
        return Err(Tampering::Rewritten { sound: 0, size: manifest.size }.into());
    }
    Err(BundleError::Refused("only a bundle of all can be compared with an earlier checkpoint"))
}

/// Going through the events.
struct Checking<'c, P> {
    manifest: &'c Manifest,
    /// What is found of it.
    counted: Manifest,
    folder: &'c Path,
    bytes: Vec<u8>,
    again: Vec<u8>,
    progress: P,
}

impl<P: FnMut(i64, i64)> Checking<'_, P> {
    /// Every event: numbers, leaves, the tree's files, every signed root, streams, claims.
    fn all(
        mut self,
        sums: &Sums,
        policy: Policy,
        since: Option<&[u8]>,
    ) -> Result<u64, BundleError> {
        let untrusted = BundleError::Untrusted;
        let file = Checkpoints::open(&self.folder.join(CHECKPOINTS)).map_err(untrusted)?;
        let mut marks = Marks::new(policy, Some(file), since).map_err(untrusted)?;
        marks.are_of(&self.manifest.origin).map_err(untrusted)?;
        let mut events = Reading::open(self.folder, EVENTS)?;
        let (mut tree, mut streams) = (Tree::default(), Streams::default());
        let mut expected = Vec::new();
        for number in 1..=self.manifest.events {
            let (line, entry) =
                next(self.manifest, &mut events, number, (&mut self.bytes, &mut self.again))?;
            if line.global_seq > number {
                return Err(Tampering::Missing { number }.into());
            }
            if line.global_seq != number {
                let what = "it does not stand at its place";
                return Err(Tampering::Changed { number, stream: line.stream(), what }.into());
            }
            if (number - 1) % i64::from(WIDTH) == 0 {
                expected = leaves(self.folder, self.manifest, number)?;
            }
            let place = usize::try_from((number - 1) % i64::from(WIDTH)).unwrap_or(usize::MAX);
            if expected.get(place) != Some(&entry.leaf()) {
                return Err(changed(&line, "its leaf is not the one that the tree has"));
            }
            if !streams.push(&line.aggregate_type, &line.aggregate_id, line.sequence) {
                return Err(changed(&line, "its stream has this number twice"));
            }
            self.counted.count(&line);
            compare(self.folder, &tree.push(entry))?;
            if let Some(found) = marks.differ(number, tree.frontier()).map_err(untrusted)? {
                return Err(found.into());
            }
            if number % TELL == 0 || number == self.manifest.events {
                (self.progress)(number, self.manifest.events);
            }
        }
        compare(self.folder, &tree.rest())?;
        if !streams.are_whole() {
            return Err(BundleError::changed(
                EVENTS,
                "a stream does not count from 1 without gaps",
            ));
        }
        if !self.manifest.has_root(&tree.frontier().root()) {
            return Err(Tampering::Root { size: self.manifest.size }.into());
        }
        if let Some(found) = marks.beyond(self.manifest.events).map_err(untrusted)? {
            return Err(found.into());
        }
        claims::check(self.folder, &streams, sums)?;
        self.end(events, sums)?;
        Ok(marks.count())
    }

    /// Some events, each by its proof.
    fn part(mut self, sums: &Sums, checkpoint: &Checkpoint) -> Result<u64, BundleError> {
        let mut events = Reading::open(self.folder, EVENTS)?;
        let mut before = 0;
        for number in 1..=self.manifest.events {
            let (line, entry) =
                next(self.manifest, &mut events, number, (&mut self.bytes, &mut self.again))?;
            if line.global_seq <= before {
                return Err(changed(&line, "it does not stand at its place"));
            }
            before = line.global_seq;
            let index = (line.global_seq - 1).unsigned_abs();
            let proof = line.proof().ok_or_else(|| no_proof(&line))?;
            check::inclusion(&entry.leaf(), index, (checkpoint.size, &checkpoint.root), &proof)
                .map_err(|_| no_proof(&line))?;
            self.counted.count(&line);
            if number % TELL == 0 || number == self.manifest.events {
                (self.progress)(number, self.manifest.events);
            }
        }
        self.end(events, sums)?;
        Ok(1)
    }

    /// Nothing may stand behind them, and they have to be those that the manifest tells of.
    fn end(mut self, mut events: Reading, sums: &Sums) -> Result<(), BundleError> {
        if events.line(&mut self.bytes)? {
            return Err(BundleError::changed(EVENTS, "it has more events than the manifest says"));
        }
        events.check(sums)?;
        if self.counted.kinds != self.manifest.kinds {
            return Err(BundleError::changed(MANIFEST, "it counts other events than there are"));
        }
        Ok(())
    }
}

/// The next event and its entry, by what alone it can be judged.
fn next<'l>(
    manifest: &Manifest,
    events: &mut Reading,
    number: i64,
    (bytes, again): (&'l mut Vec<u8>, &mut Vec<u8>),
) -> Result<(Line<'l>, Entry), BundleError> {
    if !events.line(bytes)? {
        let what = format!("ends after {} of {} events", number - 1, manifest.events);
        return Err(BundleError::missing(EVENTS, what));
    }
    let malformed = || {
        let what = "it is not an event in the form of a bundle";
        BundleError::changed(format!("{EVENTS} line {number}"), what)
    };
    let line = Line::parse(bytes, again).ok_or_else(malformed)?;
    let salt = line.salt().ok_or_else(malformed)?;
    let event: LeafInput<'_> = line.event(&salt).ok_or_else(malformed)?;
    if line.global_seq < 1 || line.sequence < 1 {
        return Err(malformed());
    }
    let entry = Entry::of(&manifest.origin, &event);
    if !manifest.chosen.has(&event) {
        return Err(changed(&line, "it is none of those that were chosen"));
    }
    if strict::check(&line.payload).is_err() || strict::check(&line.metadata).is_err() {
        return Err(changed(&line, "it is not strict JSON"));
    }
    if line.proof.is_some() == (manifest.chosen == Chosen::All) {
        return Err(changed(&line, "it has a proof, or lacks one"));
    }
    Ok((line, entry))
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
