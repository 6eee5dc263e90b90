//! Append: one command's events, over one or several streams, in one statement.
//!
//! The same statement records the command, moves the claims and changes the inline views; it
//! commits as a whole or not at all. Appends that wait share a statement: `bind` makes each ready in
//! its caller's task, `queue` keeps them in their order, `writer` takes what gets along and writes it.
//! A conflict is diagnosed by one SELECT, so that each caller hears exactly why: repeated, stale, or a
//! key that somebody holds, a premise that has moved; it does no harm to those who shared the statement. `bulk` is for mass imports:
//! the same statement, within a transaction of its caller's.

mod answers;
mod bind;
mod bulk;
mod diagnose;
mod expire;
mod queue;
mod single;
mod statement;
#[cfg(test)]
mod tests;
mod types;
mod writer;

pub use bulk::{Bulk, BulkError, BulkTransaction};
pub use types::{
    Append, AppendError, ClaimOf, CommandRecord, NewEvent, Premised, Receipt, StreamAppend,
    StreamVersion,
};

pub(crate) use answers::Answers;
pub(crate) use bind::stored_key;
pub(crate) use writer::Writer;

use crate::error::JournalError;
use crate::journal::Journal;
use bind::Bound;

impl Journal {
    /// Appends; see the module. The caller holds the streams' turns. Whoever stops waiting does not
    /// know whether the append was stored; a repeated command tells.
    pub async fn append(&self, append: &Append) -> Result<Receipt, AppendError> {
        let bound = Bound::new(self, append).await?;
        let closed = || AppendError::Journal(JournalError::Database(sqlx::Error::PoolClosed));
        let answer = self.engine().writer.queue.push(bound).await.map_err(|_| closed())?;
        answer.await.map_err(|_| closed())?
    }

    /// The first answer to this command, if it was given before.
    pub async fn answered(&self, command: &CommandRecord) -> Result<Option<Receipt>, AppendError> {
        let answer = self.engine().answers.ask(command.clone()).await?;
        answer.map(|answer| answer.to(command)).transpose()
    }
}
