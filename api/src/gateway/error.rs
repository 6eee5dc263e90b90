//! Why a command has no receipt.

use domain::kernel::{Refusal, Refused};
use projections::ReadError;

/// A refusal, a clash, or a failure.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// The rules say no.
    #[error(transparent)]
    Refused(Refused),
    /// The caller lacks the permission for an object they can see.
    #[error("this is not permitted")]
    Forbidden,
    /// The stream is not at the version the caller named.
    #[error("the object has changed: it is at version {actual}")]
    Stale {
        /// The version there is.
        actual: i64,
    },
    /// Rights have shrunk since the caller was recognised; it is decided again.
    #[error("what this was decided on has changed; try again")]
    Outdated,
    /// The caller used the same idempotency key for another input.
    #[error("the idempotency key was used for another input")]
    KeyReused,
    /// Something else has this unique name, number or address.
    #[error("{scope} is taken")]
    ClaimTaken {
        /// Which uniqueness: `person.login`.
        scope: String,
    },
    /// Too many conflicting writers; nothing was written.
    #[error("too many commands for the same object at once; try again")]
    Busy,
    /// Technical failure of the journal.
    #[error(transparent)]
    Internal(#[from] journal::JournalError),
    /// Technical failure of the read side.
    #[error(transparent)]
    Reading(#[from] ReadError),
}

impl GatewayError {
    /// Whether it may have been otherwise before, so that the command may have been done then.
    pub(super) fn is_of_state(&self) -> bool {
        match self {
            Self::Refused(_)
            | Self::Forbidden
            | Self::Stale { .. }
            | Self::ClaimTaken { .. }
            // Nothing can be sealed for who is erased since.
            | Self::Internal(journal::JournalError::Seal(journal::seal::SealError::Erased)) => true,
            Self::KeyReused
            | Self::Busy
            | Self::Outdated
            | Self::Internal(_) | Self::Reading(_) => false,
        }
    }

    /// Whether the same may go well later, although nobody changes anything.
    pub(crate) fn is_passing(&self) -> bool {
        match self {
            Self::Busy | Self::Outdated => true,
            Self::Internal(error) => error.is_transient(),
            Self::Reading(error) => !matches!(error, ReadError::Row(_)),
            Self::Refused(_)
            | Self::Forbidden
            | Self::Stale { .. }
            | Self::KeyReused
            | Self::ClaimTaken { .. } => false,
        }
    }

    pub(super) fn refused(refusal: impl Refusal) -> Self {
        Self::Refused(refusal.into())
    }
}
