//! Why a bundle is not made, not believed, or not brought in.

use std::io;
use std::path::{Path, PathBuf};

use crate::error::JournalError;
use crate::signer::SignError;
use crate::verify::Tampering;

/// See the module. What could not be read is never taken for sound.
#[derive(Debug, thiserror::Error)]
pub enum BundleError {
    /// Not a folder of this form, or of a form that this version does not know.
    #[error("{}: {what}", .path.display())]
    NotABundle {
        /// The file that says so.
        path: PathBuf,
        /// What is wrong with it.
        what: &'static str,
    },
    /// Something that belongs to it is not there, or ends too early.
    #[error("{file} {what}")]
    Missing {
        /// Its name.
        file: String,
        /// What is missing of it.
        what: String,
    },
    /// It is not what was recorded, or not as it was written.
    #[error("{0}")]
    Tampered(Tampering),
    /// Nobody who is trusted has signed what it leads to.
    #[error("the bundle's checkpoints: {0}")]
    Untrusted(SignError),
    /// What somebody brought along to check it with.
    #[error(transparent)]
    Input(SignError),
    /// It cannot be done, and this is why.
    #[error("{0}")]
    Refused(&'static str),
    /// A file cannot be read or written.
    #[error("{}: {kind}", .path.display())]
    File {
        /// Which one.
        path: PathBuf,
        /// What the system said.
        kind: io::ErrorKind,
    },
    /// The database.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl BundleError {
    pub(super) fn file(path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::File { path: path.to_owned(), kind: error.kind() }
    }

    /// The same for a file of a bundle: one that is not there is missing.
    pub(super) fn read<'e>(path: &'e Path, name: &'e str) -> impl FnOnce(io::Error) -> Self + 'e {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => Self::missing(name, "is not there"),
            kind => Self::File { path: path.to_owned(), kind },
        }
    }

    pub(super) fn missing(file: &str, what: impl Into<String>) -> Self {
        Self::Missing { file: file.to_owned(), what: what.into() }
    }

    pub(super) fn changed(file: impl Into<String>, what: &'static str) -> Self {
        Self::Tampered(Tampering::File { file: file.into(), what })
    }
}

impl From<Tampering> for BundleError {
    fn from(found: Tampering) -> Self {
        Self::Tampered(found)
    }
}

impl From<sqlx::Error> for BundleError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}
