//! Why there is no answer.

use journal::JournalError;
use journal::read::StreamsError;
use projections::ReadError;

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AskingError {
    /// It cannot be asked like this.
    #[error("{0}")]
    Unfit(&'static str),
    /// The read side.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// What happened to it.
    #[error(transparent)]
    Streams(#[from] StreamsError),
}
