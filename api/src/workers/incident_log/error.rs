//! Why an import could not run to its end.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::gateway::GatewayError;

/// An import that stopped; what it stored before stays, and is skipped the next time.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be opened or read.
    #[error("{} cannot be read: {kind}", .file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file is not an incident log.
    #[error("{} is not an incident log: {fault}", .file.display())]
    NotAnIncidentLog {
        /// Which file.
        file: PathBuf,
        /// What is missing or wrong.
        fault: String,
    },
    /// No plan has this name.
    #[error("there is no service level plan {0:?}")]
    PlanUnknown(String),
    /// The report cannot be written.
    #[error("the report {} cannot be written: {kind}", .file.display())]
    Report {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The database failed.
    #[error("the import stopped: {0}")]
    Gateway(#[from] GatewayError),
    /// A worker ended before its time.
    #[error("the import was interrupted")]
    Interrupted,
}

impl ImportError {
    /// Whether the fault is in what was asked for: exit code 2 rather than 1.
    pub fn is_usage(&self) -> bool {
        matches!(
            self,
            Self::Unreadable { .. }
                | Self::NotAnIncidentLog { .. }
                | Self::PlanUnknown(_)
                | Self::Report { .. }
        )
    }
}

impl From<journal::JournalError> for ImportError {
    fn from(error: journal::JournalError) -> Self {
        Self::Gateway(error.into())
    }
}
