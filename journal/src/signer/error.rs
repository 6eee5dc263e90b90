//! Why the log is not signed.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::JournalError;
use crate::tlog::key::KeyError;
use crate::tlog::note::NoteError;
use crate::tlog::policy::{PolicyError, Refused};

/// Why nothing is signed. Most of it is for people to look into: see [`SignError::is_alarm`].
#[derive(Debug, thiserror::Error)]
pub enum SignError {
    /// The database.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A file.
    #[error("{}: {kind}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// Another process of this machine signs into the same folder.
    #[error("another process signs into {}", .0.display())]
    Locked(PathBuf),
    /// The database has fewer events than were signed: it was put back, or its end is gone.
    #[error("ROLLBACK from {from} to {to}: {from} events were signed and the database has {to}")]
    Rollback {
        /// What was signed.
        from: u64,
        /// What is there.
        to: u64,
    },
    /// The database has other events than those that were signed.
    #[error("the first {0} events are not those that were signed")]
    Inconsistent(u64),
    /// The checkpoint file is another log's.
    #[error("the checkpoint file is of {file}, the database of {database}")]
    OtherLog {
        /// Of the file.
        file: String,
        /// Of the database.
        database: String,
    },
    /// The checkpoint file does not hold checkpoints.
    #[error("the checkpoint file is malformed before its end")]
    Malformed,
    /// A checkpoint nobody whom we know has signed.
    #[error("a checkpoint is not ours: {0}")]
    NotOurs(#[from] Refused),
    /// The note around a checkpoint.
    #[error("a checkpoint is malformed: {0}")]
    Note(#[from] NoteError),
    /// The key file.
    #[error("{}: {fault}", .path.display())]
    Key {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        fault: KeyError,
    },
    /// The policy file.
    #[error("{}: {fault}", .path.display())]
    Policy {
        /// Which one.
        path: PathBuf,
        /// What is wrong.
        fault: PolicyError,
    },
    /// The policy does not let our key sign.
    #[error("the policy does not name the key in {}, or it has retired it", .0.display())]
    Unlisted(PathBuf),
    /// An earlier verification compared other checkpoints than are there now.
    #[error(
        "up to where it was verified, other checkpoints were compared: verify from the beginning"
    )]
    OtherMarks,
}

impl From<sqlx::Error> for SignError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

impl SignError {
    /// Whether nothing may be signed until somebody has looked into it. The rest may pass.
    pub fn is_alarm(&self) -> bool {
        match self {
            Self::Journal(error) => !error.is_transient(),
            Self::File { .. } | Self::Locked(_) => false,
            _ => true,
        }
    }

    pub(crate) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::File { path: path.to_owned(), kind: error.kind() }
    }
}
