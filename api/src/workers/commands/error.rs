//! Why an import could not run to its end.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::gateway::GatewayError;
use crate::workers::WorkerError;

/// An import that stopped; what it stored before stays, and is repeated the next time.
#[derive(Debug, thiserror::Error)]
pub enum CommandsError {
    /// The file cannot be opened or read.
    #[error("{} cannot be read: {kind}", .file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file unpacks to far more than commands do.
    #[error("{} unpacks to more than {most} times its size", .file.display())]
    Swells {
        /// Which file.
        file: PathBuf,
        /// How many times is allowed.
        most: u64,
    },
    /// The report cannot be written.
    #[error("the report {} cannot be written: {kind}", .file.display())]
    Report {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The report would be written over the commands.
    #[error("the report would be written over {}", .0.display())]
    SameFile(PathBuf),
    /// The database failed.
    #[error("the import stopped: {0}")]
    Gateway(#[from] GatewayError),
    /// What was to follow failed.
    #[error("the import stopped: {0}")]
    Worker(#[from] WorkerError),
    /// A mutation failed, which is no refusal.
    #[error("the import stopped at line {line}: {message}")]
    Failed {
        /// Which line.
        line: u64,
        /// What the schema answered.
        message: String,
    },
    /// A worker ended before its time.
    #[error("the import was interrupted")]
    Interrupted,
}

impl CommandsError {
    /// Whether the fault is in what was asked for: exit code 2 rather than 1.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Unreadable { .. }
            | Self::Swells { .. }
            | Self::Report { .. }
            | Self::SameFile(_) => true,
            Self::Gateway(_) | Self::Worker(_) | Self::Failed { .. } | Self::Interrupted => false,
        }
    }
}

impl From<journal::JournalError> for CommandsError {
    fn from(error: journal::JournalError) -> Self {
        Self::Gateway(error.into())
    }
}

impl From<projections::ReadError> for CommandsError {
    fn from(error: projections::ReadError) -> Self {
        Self::Gateway(error.into())
    }
}
