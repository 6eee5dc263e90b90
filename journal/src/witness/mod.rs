//! A witness's memory: its key, the logs that it knows, and of each the checkpoint it signed last.
//!
//! When it signs is decided by [`crate::tlog::witness`]. Here it is made to last: what was looked up
//! and what is written instead stand under one lock, and nothing is answered before it is on disk. No
//! HTTP; called by the server `annals witness`. It needs no database.

mod folder;
#[cfg(test)]
mod tests;

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use crate::signer::SignError;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::key::{KeyName, VerifierKey};
use crate::tlog::note::Note;
use crate::tlog::witness::{AddCheckpoint, Declined, judge};

use folder::Kept;

/// Why a witness does not work.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// It does not sign this one.
    #[error(transparent)]
    Declined(#[from] Declined),
    /// A file of its own.
    #[error(transparent)]
    File(#[from] SignError),
    /// A checkpoint that it kept is none any more. It signs nothing of this log until it is one.
    #[error("{} does not hold a checkpoint", .0.display())]
    Spoiled(PathBuf),
    /// It has no name yet.
    #[error("a new witness needs a name: give it one with --name")]
    Nameless,
    /// It has another name.
    #[error("this witness is called {0}")]
    Named(KeyName),
}

/// A witness, in the hands of one process.
#[derive(Debug)]
pub struct Witness {
    kept: Mutex<Kept>,
    public: VerifierKey,
}

impl Witness {
    /// Of this folder; with its first name when there is none yet.
    ///
    /// # Errors
    /// A file is not to be had or malformed, another process has the folder, or the name is missing or
    /// another one.
    pub fn open(folder: &Path, name: Option<KeyName>) -> Result<Self, WitnessError> {
        let kept = Kept::open(folder, name)?;
        Ok(Self { public: kept.key.public().clone(), kept: Mutex::new(kept) })
    }

    /// What others check its signatures with.
    pub fn public(&self) -> &VerifierKey {
        &self.public
    }

    /// The names of the logs that it knows now.
    ///
    /// # Errors
    /// Their folder cannot be read.
    pub fn logs(&self) -> Result<Vec<String>, WitnessError> {
        let logs = self.kept.lock().unwrap_or_else(PoisonError::into_inner).logs()?;
        let mut names: Vec<String> = logs
            .iter()
            .flat_map(|log| log.log_keys().map(|(key, _)| key.name().to_string()))
            .collect();
        names.sort_unstable();
        names.dedup();
        Ok(names)
    }

    /// Answers `add-checkpoint`: signature lines, once the checkpoint is on disk. `at` is the time, in
    /// seconds since 1970. It waits for the disk.
    ///
    /// # Errors
    /// [`WitnessError::Declined`] when there is nothing to sign; the rest are faults of its own.
    pub fn add_checkpoint(&self, body: &[u8], at: u64) -> Result<String, WitnessError> {
        let ask = AddCheckpoint::parse(body).map_err(Declined::from)?;
        // Nobody leaves anything half done under it: what counts is on disk.
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let logs = kept.logs()?;
        let judged = judge(&ask, &logs, |origin| kept.latest(origin));
        if let Err(WitnessError::Declined(Declined::Fork(_))) = &judged
            && let Err(error) = kept.keep_fork(&ask.note)
        {
            // It is told all the same.
            tracing::error!(%error, "two histories that a log has signed are not kept");
        }
        let checkpoint = judged?;
        kept.keep(&checkpoint.origin, &ask.note)?;
        let mut answer = Note::new(ask.note.text()).map_err(SignError::from)?;
        answer.sign(&kept.key, at);
        Ok(answer.signature_lines())
    }

    /// The checkpoint of a log that it signed last.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn latest(&self, origin: &str) -> Result<Option<Checkpoint>, WitnessError> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).latest(origin)
    }
}

/// The content of a file, if it is there.
fn read(path: &Path) -> Result<Option<Vec<u8>>, SignError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(SignError::File { path: path.to_owned(), kind: error.kind() }),
    }
}
