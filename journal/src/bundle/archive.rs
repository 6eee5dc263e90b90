//! Archives: the history in epochs, each a bundle of its own that goes on where the one before ended. What was
//! archived is never written again, so that it may lie where nothing can be: an archive grows by a
//! folder at a time, named by the number of its first event. Together they are the whole log.

use std::ffi::OsStr;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use sqlx::PgConnection;

use super::anchor::Anchor;
use super::choice::{Chosen, Epoch};
use super::error::BundleError;
use super::export::{Exported, export};
use super::files::Leaves;
use super::manifest::Manifest;
use super::streams::Streams;
use super::sums::Sums;
use super::verify::{Trust, Verified, one};
use super::{LEAVES, MANIFEST, SUMS};
use crate::merkle::Frontier;
use crate::signer::files::sync;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::Refused;
use crate::verify::Tampering;

/// An epoch in the making has this behind its name.
const DRAFT: &str = "draft";
/// Whoever archives into the folder has this file of it locked.
const LOCK: &str = "lock";
/// Of an epoch's name.
const DIGITS: usize = 12;

/// Writes what was signed since the last epoch as the next one; none when that is nothing. Who is killed
/// leaves a draft, which the next call throws away. The connection's transaction has to be one
/// snapshot, begun after the anchor was opened.
///
/// # Errors
/// Somebody else archives into this folder; the archive is another log's, or its last epoch is not whole;
/// the log is not the one that was archived, or not the one that was sealed and signed; a file cannot be
/// written; the database does not answer.
pub async fn archive(
    conn: &mut PgConnection,
    anchor: &Anchor,
    folder: &Path,
    progress: impl FnMut(i64, i64),
) -> Result<Option<Exported>, BundleError> {
    fs::create_dir_all(folder).map_err(BundleError::file(folder))?;
    let _held = locked(folder)?;
    let tree = match epochs(folder)?.last() {
        Some(last) => end_of(last, &anchor.signed.checkpoint.origin)?,
        None => Frontier::default(),
    };
    let (epoch, size) = (Epoch::behind(&tree), anchor.size());
    if epoch.after > size {
        return Err(Tampering::Rollback { from: epoch.after, to: size }.into());
    }
    if epoch.after == size {
        let is_ours = tree.root() == anchor.signed.checkpoint.root;
        return if is_ours { Ok(None) } else { Err(Tampering::Root { size }.into()) };
    }
    let whole = folder.join(name(epoch.after));
    let draft = whole.with_extension(DRAFT);
    match fs::remove_dir_all(&draft) {
        Err(error) if error.kind() != ErrorKind::NotFound => {
            return Err(BundleError::file(&draft)(error));
        }
        _ => {}
    }
    let exported = export(conn, anchor, &Chosen::Epoch(epoch), &draft, progress).await?;
    let placed = sync(&draft).and_then(|()| fs::rename(&draft, &whole));
    placed.and_then(|()| sync(folder)).map_err(BundleError::file(&whole))?;
    Ok(Some(exported))
}

/// Held as long as the file is open: two would write into one draft.
fn locked(folder: &Path) -> Result<File, BundleError> {
    let path = folder.join(LOCK);
    let opened = OpenOptions::new().write(true).create(true).truncate(false).open(&path);
    // Where nothing can be changed it is there from the first time, and can be read.
    let lock = opened.or_else(|_| File::open(&path)).map_err(BundleError::file(&path))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => {
            Err(BundleError::Refused("somebody else archives into this folder"))
        }
        Err(TryLockError::Error(error)) => Err(BundleError::file(&path)(error)),
    }
}

/// Whether this is the folder of an archive.
pub(super) fn is_one(folder: &Path) -> bool {
    !folder.join(SUMS).exists() && folder.join(name(0)).is_dir()
}

/// Verifies an archive: each epoch by itself, that they follow each other, and every stream.
pub(super) fn verify(
    folder: &Path,
    trust: &Trust<'_>,
    mut progress: impl FnMut(i64, i64),
) -> Result<Verified, BundleError> {
    let epochs = epochs(folder)?;
    let kept = trust.since.map(size_of).transpose()?;
    let manifests: Vec<Manifest> =
        epochs.iter().map(|at| manifest(at)).collect::<Result<_, _>>()?;
    let total = manifests.last().map_or(0, |last| last.size);
    let mut streams = Streams::default();
    let mut whole: Option<Verified> = None;
    for (at, manifest) in epochs.iter().zip(&manifests) {
        let after = follows(manifest, whole.as_ref()).map_err(within(at))?;
        // It is compared where the tree has its size; the last epoch tells if it is never reached.
        let is_reached = |kept| kept <= manifest.size || manifest.size == total;
        let is_here = |&kept: &i64| (after < kept || after == 0) && is_reached(kept);
        let since = trust.since.filter(|_| kept.as_ref().is_some_and(is_here));
        let trust = Trust { since, ..trust.clone() };
        let step = |done, _| progress(after + done, total);
        let found = one(at, trust, Some(&mut streams), step).map_err(within(at))?;
        whole = Some(match whole {
            Some(before) => joined(before, found),
            None => found,
        });
    }
    streams.check()?;
    let mut whole = whole.ok_or(BundleError::missing("the archive", "has no epoch"))?;
    whole.manifest.chosen = Chosen::All;
    whole.epochs = Some(epochs.len());
    Ok(whole)
}

/// Where this epoch begins, which has to be where the one before ended.
fn follows(manifest: &Manifest, before: Option<&Verified>) -> Result<i64, BundleError> {
    let other = |what| Err(BundleError::changed(MANIFEST, what));
    let Chosen::Epoch(epoch) = &manifest.chosen else { return other("it is not of an epoch") };
    let (size, root) = match before {
        Some(before) => (before.manifest.size, before.root),
        None => (0, Frontier::default().root()),
    };
    if epoch.after > size {
        return Err(Tampering::Missing { number: size + 1 }.into());
    }
    let is_other_log = before.is_some_and(|before| before.manifest.origin != manifest.origin);
    if is_other_log || epoch.tree().is_none_or(|tree| tree.root() != root) {
        return other("it does not go on where the epoch before ended");
    }
    Ok(epoch.after)
}

/// Two epochs, the one behind the other. The later one begins with the checkpoint that the earlier one
/// ends with.
fn joined(before: Verified, found: Verified) -> Verified {
    let mut manifest = found.manifest;
    manifest.add(&before.manifest);
    let folders = before.folders.into_iter().chain(found.folders).collect();
    let checkpoints = before.checkpoints + found.checkpoints - 1;
    Verified { manifest, folders, checkpoints, ..found }
}

/// The tree at an epoch's end.
fn end_of(at: &Path, origin: &str) -> Result<Frontier, BundleError> {
    let manifest = manifest(at)?;
    let tree = if let Chosen::Epoch(epoch) = &manifest.chosen { epoch.tree() } else { None };
    let mut tree = tree.ok_or(BundleError::changed(MANIFEST, "it is not of an epoch"))?;
    let mut leaves = Leaves::open(at)?;
    while let Some(leaf) = leaves.next()? {
        tree.push(leaf);
    }
    if manifest.origin != origin {
        return Err(BundleError::Refused("the archive is another log's"));
    }
    if i64::try_from(tree.size()) != Ok(manifest.size) || !manifest.has_root(&tree.root()) {
        return Err(BundleError::changed(LEAVES, "it does not lead to the epoch's root"));
    }
    Ok(tree)
}

fn manifest(at: &Path) -> Result<Manifest, BundleError> {
    Sums::read(at).and_then(|sums| Manifest::read(at, &sums)).map_err(within(at))
}

/// The folders of an archive's epochs, in their order.
fn epochs(folder: &Path) -> Result<Vec<PathBuf>, BundleError> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(BundleError::file(folder))? {
        let path = entry.map_err(BundleError::file(folder))?.path();
        let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
        if name.len() == DIGITS && name.bytes().all(|byte| byte.is_ascii_digit()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// The name of the epoch behind so many events: its first number.
fn name(after: i64) -> String {
    format!("{:0DIGITS$}", after.saturating_add(1))
}

/// What is told of a file tells of which epoch.
fn within(at: &Path) -> impl Fn(BundleError) -> BundleError {
    let epoch = at.file_name().and_then(OsStr::to_str).unwrap_or_default().to_owned();
    move |error| match error {
        BundleError::Missing { file, what } => {
            BundleError::Missing { file: format!("{epoch}/{file}"), what }
        }
        BundleError::Tampered(Tampering::File { file, what }) => {
            BundleError::changed(format!("{epoch}/{file}"), what)
        }
        other => other,
    }
}

/// Of how many events a checkpoint speaks that somebody kept.
fn size_of(bytes: &[u8]) -> Result<i64, BundleError> {
    let note = Note::parse(bytes).map_err(|fault| BundleError::Input(fault.into()))?;
    let checkpoint: Checkpoint =
        note.text().parse().map_err(|fault| BundleError::Input(Refused::from(fault).into()))?;
    Ok(i64::try_from(checkpoint.size).unwrap_or(i64::MAX))
}
