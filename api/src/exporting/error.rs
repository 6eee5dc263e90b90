//! Why there is no export, or only a part of one.

use projections::ReadError;

use super::filter::FilterError;
use super::formats::FormatError;

/// Why not.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The filter cannot be taken.
    #[error(transparent)]
    Filter(#[from] FilterError),
    /// Too many at once.
    #[error("too many exports at once; try again")]
    Busy,
    /// Nobody takes what is written.
    #[error("nobody takes the export any more")]
    NobodyTakesIt,
    /// The process is ending.
    #[error("the export was interrupted")]
    Interrupted,
    /// The read side failed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// The file cannot be written.
    #[error(transparent)]
    Format(#[from] FormatError),
}
