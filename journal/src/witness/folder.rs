//! The files of a witness.
//!
//! | Path | What it is |
//! |---|---|
//! | `witness.key` | its key, 0600 |
//! | `logs/` | the policies of the logs that it knows, a file each; read anew at each question |
//! | `seen/` | the checkpoint of each log that it signed last; named by a digest of the log's name |
//! | `forks/` | of a log that has signed two trees of one size: both notes, a file each pair, in a folder named likewise |

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};
use sha2::{Digest, Sha256};

use super::{WitnessError, read};
use crate::hex::hex;
use crate::seal::cipher::random;
use crate::signer::SignError;
use crate::signer::files::replace;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::{KeyError, KeyName, Kind, SignerKey};
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;

/// More logs than these are not read.
const LOGS_MAX: usize = 64;
/// More forks of one log are not kept: the first is evidence enough.
const FORKS_MAX: usize = 16;

/// The folder, locked.
#[derive(Debug)]
pub(super) struct Kept {
    folder: PathBuf,
    pub(super) key: SignerKey,
    /// Files of `logs/` that are passed over, and were told.
    told: BTreeSet<PathBuf>,
    /// Two processes would not see each other's last checkpoints in time.
    _lock: File,
}

impl Kept {
    pub(super) fn open(folder: &Path, name: Option<KeyName>) -> Result<Self, WitnessError> {
        for folder in [folder.to_owned(), folder.join("logs"), folder.join("seen")] {
            fs::create_dir_all(&folder).map_err(SignError::file(&folder))?;
        }
        let path = folder.join("lock");
        let mut options = OpenOptions::new();
        let opened = options.write(true).create(true).truncate(false).open(&path);
        let lock = opened.map_err(SignError::file(&path))?;
        flock(&lock, FlockOperation::NonBlockingLockExclusive)
            .map_err(|_| SignError::Locked(folder.to_owned()))?;
        let key = key(&folder.join("witness.key"), name)?;
        Ok(Self { folder: folder.to_owned(), key, told: BTreeSet::new(), _lock: lock })
    }

    /// The policies of the logs, in the order of their files' names. One that is malformed stops nobody
    /// else's log: it is passed over, and told once.
    pub(super) fn logs(&mut self) -> Result<Vec<Policy>, SignError> {
        let folder = self.folder.join("logs");
        let mut paths = Vec::new();
        for entry in fs::read_dir(&folder).map_err(SignError::file(&folder))? {
            let path = entry.map_err(SignError::file(&folder))?.path();
            if path.is_file() {
                paths.push(path);
            }
        }
        paths.sort_unstable();
        let mut logs = Vec::new();
        for path in paths {
            if logs.len() == LOGS_MAX {
                if self.told.insert(path.clone()) {
                    tracing::warn!(path = %path.display(), "not read: {LOGS_MAX} logs are witnessed at most");
                }
                continue;
            }
            match policy(&path) {
                Ok(policy) => {
                    self.told.remove(&path);
                    logs.push(policy);
                }
                Err(error) if self.told.insert(path) => {
                    tracing::error!(%error, "the policy of a log is passed over");
                }
                Err(_) => {}
            }
        }
        Ok(logs)
    }

    /// What was signed last of the log of this name.
    pub(super) fn latest(&self, origin: &str) -> Result<Option<Checkpoint>, WitnessError> {
        let path = self.seen(origin);
        let Some(bytes) = read(&path)? else { return Ok(None) };
        let note = Note::parse(&bytes).ok();
        let checkpoint = note.and_then(|note| note.text().parse::<Checkpoint>().ok());
        match checkpoint.filter(|checkpoint| checkpoint.origin == origin) {
            Some(checkpoint) => Ok(Some(checkpoint)),
            None => Err(WitnessError::Spoiled(path)),
        }
    }

    /// Remembers a checkpoint; returns when it lasts.
    pub(super) fn keep(&self, origin: &str, note: &Note) -> Result<(), SignError> {
        let path = self.seen(origin);
        replace(&path, note.to_string().as_bytes(), 0o644).map_err(SignError::file(&path))
    }

    /// Keeps a checkpoint that the log has signed beside the one of its size that it signed before.
    pub(super) fn keep_fork(&self, note: &Note) -> Result<(), SignError> {
        let other: Checkpoint = note.text().parse().map_err(|_| SignError::Malformed)?;
        let path = self.seen(&other.origin);
        let seen = fs::read_to_string(&path).map_err(SignError::file(&path))?;
        let folder = self.folder.join("forks").join(named(&other.origin));
        fs::create_dir_all(&folder).map_err(SignError::file(&folder))?;
        let kept = fs::read_dir(&folder).map_err(SignError::file(&folder))?.count();
        let path = folder.join(format!("{}-{}", other.size, hex(&other.root)));
        if path.exists() || kept >= FORKS_MAX {
            return Ok(());
        }
        replace(&path, format!("{seen}\n{note}\n").as_bytes(), 0o644)
            .map_err(SignError::file(&path))
    }

    fn seen(&self, origin: &str) -> PathBuf {
        self.folder.join("seen").join(named(origin))
    }
}

/// A name that no log can choose.
fn named(origin: &str) -> String {
    hex(&Sha256::digest(origin.as_bytes()))
}

/// The key, made at the first start.
fn key(path: &Path, name: Option<KeyName>) -> Result<SignerKey, WitnessError> {
    let spoiled = |fault| SignError::Key { path: path.to_owned(), fault };
    let Some(bytes) = read(path)? else {
        let key = SignerKey::new(name.ok_or(WitnessError::Nameless)?, Kind::Cosignature, &random());
        let text = format!("{}\n", key.to_secret());
        replace(path, text.as_bytes(), 0o600).map_err(SignError::file(path))?;
        return Ok(key);
    };
    let text = std::str::from_utf8(&bytes).map_err(|_| spoiled(KeyError::Form))?;
    let key: SignerKey = text.trim_end().parse().map_err(spoiled)?;
    let own = key.public().name();
    if name.is_some_and(|name| name != *own) {
        return Err(WitnessError::Named(own.clone()));
    }
    match key.public().kind() {
        Kind::Cosignature => Ok(key),
        // A log's key would sign the checkpoint as the log itself.
        Kind::Note => Err(spoiled(KeyError::Form).into()),
    }
}

fn policy(path: &Path) -> Result<Policy, SignError> {
    let bytes = fs::read(path).map_err(SignError::file(path))?;
    Policy::parse(&bytes).map_err(|fault| SignError::Policy { path: path.to_owned(), fault })
}
