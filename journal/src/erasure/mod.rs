//! Erasing a person: their key is destroyed for ever, and what lies beside the journal goes with it.
//!
//! 1. The key is doomed: nobody opens or seals with it any more.
//! 2. It is written into the [`Ledger`], a file outside the database.
//! 3. It is destroyed; its row stays, as a tombstone.
//!
//! What it was is still in the table's file then, until [`rewrite_keys`]; that waits for whoever began to
//! read before, and may see it still.
//!
//! Each step is told again without harm, so whoever was killed in between begins anew. Within
//! [`NOTICED_WITHIN`] every process knows. What was sealed before that and is stored later, nobody can
//! read, but it may have gone into an inline view with its words: when [`Fence::has_passed`] says that
//! whatever was being written is there, an event that is appended then stands behind it. Up to that one at
//! least the log is searched ([`search`]) for the streams that have to be made again in the views, and once
//! more to its end when they are: what a process that stood still for so long has stored since is found.
//!
//! A database that is restored from before has keys that the ledger names. It must not be opened:
//! [`Ledger::guard`] says so, [`Ledger::replay`] destroys them again.
//!
//! Not here: who may be erased (`domain::erasure`), the views and who does all of this in which order
//! (`projections`, the API's worker). Nothing here asks whether it may.

mod beside;
mod destroy;
mod fence;
mod ledger;
mod search;
mod standing;
#[cfg(test)]
mod tests;
mod traces;
mod tree;

pub use beside::Forgotten;
pub use fence::Fence;
pub use ledger::{Entry, Ledger, LedgerError};
pub use search::{Found, among, search};
pub use standing::Standing;
pub use traces::rewrite_keys;
pub use tree::tree;

pub use crate::seal::keyring::NOTICED_WITHIN;

/// Why nothing, or not all of it, was erased.
#[derive(Debug, thiserror::Error)]
pub enum ErasureError {
    /// The file outside the database.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The key table.
    #[error(transparent)]
    Seal(#[from] crate::seal::SealError),
    /// The ledger names keys that live here: the database was restored from before they were destroyed.
    #[error(
        "{0} keys that were destroyed are in this database: it was restored from before; \
         destroy them again with `annals replay-erasures`"
    )]
    Restored(usize),
    /// The key table could not be written anew in time, see [`rewrite_keys`].
    #[error(
        "the keys are destroyed, but somebody who began to read before still sees them, or uses their \
         table; end it, and run this again"
    )]
    Seen,
}

impl From<sqlx::Error> for ErasureError {
    fn from(error: sqlx::Error) -> Self {
        Self::Seal(error.into())
    }
}
