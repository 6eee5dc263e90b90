//! Why an import could not run to its end.

use std::io::ErrorKind;
use std::path::PathBuf;

use crate::gateway::GatewayError;

/// An import that stopped. What it stored before stays in the mode by row, and is found unchanged the
/// next time.
#[derive(Debug, thiserror::Error)]
pub enum CisError {
    /// A file cannot be opened or read.
    #[error("{} cannot be read: {kind}", .file.display())]
    Unreadable {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The file unpacks to far more than text does.
    #[error("{} unpacks to more than {most} times its size", .file.display())]
    Swells {
        /// Which file.
        file: PathBuf,
        /// How many times is allowed.
        most: u64,
    },
    /// The file is not of the format that was named.
    #[error("{} cannot be imported: {fault}", .file.display())]
    Unfit {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// The mapping cannot be understood.
    #[error("the mapping {} is not fit: {fault}", .file.display())]
    Mapping {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        fault: String,
    },
    /// The source's name cannot be one.
    #[error("a source is called by 1 to 100 characters")]
    Source,
    /// Nobody has said what becomes of what such a source does not send.
    #[error("--complete is for a source that is defined: name it by --source")]
    NotDefined,
    /// The report cannot be written.
    #[error("the report {} cannot be written: {kind}", .file.display())]
    Report {
        /// Which file.
        file: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// The report would be written over what is imported, or its mapping.
    #[error("the report would be written over {}", .0.display())]
    SameFile(PathBuf),
    /// The database failed, or the caller may not.
    #[error("the import stopped: {0}")]
    Gateway(#[from] GatewayError),
    /// A worker ended before its time.
    #[error("the import was interrupted")]
    Interrupted,
}

impl CisError {
    /// Whether the fault is in what was asked for: exit code 2 rather than 1.
    pub fn is_usage(&self) -> bool {
        match self {
            Self::Unreadable { .. }
            | Self::Swells { .. }
            | Self::Unfit { .. }
            | Self::Mapping { .. }
            | Self::Source
            | Self::NotDefined
            | Self::Report { .. }
            | Self::SameFile(_) => true,
            Self::Gateway(_) | Self::Interrupted => false,
        }
    }
}

impl From<journal::JournalError> for CisError {
    fn from(error: journal::JournalError) -> Self {
        Self::Gateway(error.into())
    }
}
