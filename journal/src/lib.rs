//! The journal: the event store of Annals on Postgres.
//!
//! Appends commands' events, settles them into one gap-free order, seals each into a Merkle leaf,
//! and reads them back: by stream for decisions, by global order for everything else. Personal data
//! are sealed before they are stored and opened after they are read. The table contract is that of
//! postgres-es; its store is never used, because it cannot keep our promises (see the decisions).
//!
//! No business rule, no read model, no HTTP. Inline views are given to it as [`InlineView`]s.

pub mod append;
pub mod attachments;
pub mod bundle;
pub mod decisions;
mod engine;
pub mod erasure;
pub mod error;
mod hex;
pub mod identity;
pub mod inline;
pub mod journal;
pub mod leaf;
pub mod lock;
pub mod merkle;
pub mod postgres;
pub mod read;
pub mod receipts;
pub mod seal;
pub mod sequencer;
pub mod sharing;
pub mod signer;
pub mod strict;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod tlog;
pub mod token;
pub mod upcast;
pub mod verify;
pub mod witness;

pub use append::{
    Append, AppendError, Bulk, BulkError, BulkTransaction, ClaimOf, CommandRecord, NewEvent,
    Premised, Receipt, StreamAppend,
};
pub use error::JournalError;
pub use inline::InlineView;
pub use journal::{Journal, Loaded};
pub use read::{Recorded, StreamEvent};
pub use seal::Keyring;
pub use sequencer::JournalStatus;
pub use token::PositionToken;
