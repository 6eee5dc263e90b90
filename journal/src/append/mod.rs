//! Append: one command's events, over one or several streams, in one statement.
//!
//! The same statement records the command, moves the claims and changes the inline views; it
//! commits as a whole or not at all. A conflict is diagnosed by one SELECT, so the caller hears
//! exactly why: repeated, stale, or a key that somebody holds.

mod bind;
mod diagnose;
mod statement;
#[cfg(test)]
mod tests;
mod types;

pub use types::{
    Append, AppendError, ClaimOf, CommandRecord, NewEvent, Receipt, StreamAppend, StreamVersion,
};

pub(crate) use bind::stored_key;
pub(crate) use statement::text as statement_text;

use crate::journal::Journal;
use bind::Bound;

/// How often a conflict that the diagnosis cannot explain is tried again: its cause committed or
/// rolled back in between.
const UNEXPLAINED_ROUNDS: usize = 3;

impl Journal {
    /// Appends; see the module. The caller holds the streams' turns.
    pub async fn append(&self, append: &Append) -> Result<Receipt, AppendError> {
        let bound = Bound::new(self, append).await?;
        for _ in 0..UNEXPLAINED_ROUNDS {
            match statement::run(self, append, &bound).await {
                Ok(token) => {
                    self.signal_append();
                    return Ok(Receipt { token, streams: append.versions(), replayed: false });
                }
                Err(error) if statement::is_conflict(&error) => {
                    diagnose::explain(self, append, &bound).await?;
                }
                Err(error) => return Err(AppendError::Journal(error.into())),
            }
        }
        Err(AppendError::Busy)
    }

    /// The first answer to this command, if it was given before.
    pub async fn answered(&self, command: &CommandRecord) -> Result<Option<Receipt>, AppendError> {
        diagnose::answered(self, command).await
    }
}
