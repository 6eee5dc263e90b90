//! Receipts: signed promises that an event that was acknowledged will stand in the signed log.
//!
//! Between an answer and the next checkpoint whoever owns the database could take an event away, and
//! nothing that was signed would miss it. So an answer on which much depends carries a receipt, signed
//! with the log's key: whoever keeps it can show what was promised. We keep each as well, in a file
//! beside the database, until the event stands in the signed log; after a minute there is an alarm,
//! and the receipt is the evidence.
//!
//! Which events get one, the gateway's callers say. Called by the API, and by `replay verify`.

mod pending;
#[cfg(test)]
mod tests;
mod text;
mod tree;
mod watch;

use sqlx::{PgPool, Row};

use crate::append::StreamVersion;
use crate::leaf::{Entry, LeafInput};
use crate::signer::{Folder, SignError, signer_key};
use crate::tlog::note::{Note, NoteError};
use crate::tlog::policy::{Policy, Refused};

pub use text::{EventReceipt, NotAReceipt};
pub use watch::{Overdue, run};

use pending::Pending;

/// Why a receipt is none, or not to be believed.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    /// The note around it.
    #[error("the receipt: {0}")]
    Note(#[from] NoteError),
    /// What it says.
    #[error(transparent)]
    Text(#[from] NotAReceipt),
    /// The policy knows no log of its name.
    #[error("the receipt: {0}")]
    Stranger(#[from] Refused),
}

/// Issues receipts, and keeps them.
#[derive(Debug, Clone)]
pub struct Receipts {
    folder: Folder,
    pending: Pending,
}

impl Receipts {
    /// Signed with the key of this folder, and kept in it.
    pub fn new(folder: &Folder) -> Self {
        Self { folder: folder.clone(), pending: Pending::of(folder) }
    }

    /// A receipt for each event that one command has made in these streams, which stand at these
    /// versions since. None before the log's first start: nobody could check them.
    ///
    /// # Errors
    /// The database does not answer, or a file cannot be read or written.
    pub async fn issue(
        &self,
        pool: &PgPool,
        streams: &[StreamVersion],
    ) -> Result<Vec<(EventReceipt, Note)>, SignError> {
        let Some(key) = signer_key(&self.folder)? else { return Ok(Vec::new()) };
        let column = |of: fn(&StreamVersion) -> String| streams.iter().map(of).collect::<Vec<_>>();
        let rows = sqlx::query(include_str!("sql/of_command.sql"))
            .bind(column(|stream| stream.aggregate_type.clone()))
            .bind(column(|stream| stream.aggregate_id.to_string()))
            .bind(streams.iter().map(|stream| stream.version).collect::<Vec<_>>())
            .fetch_all(pool)
            .await?;
        let mut receipts = Vec::new();
        for row in &rows {
            let (origin, event) = (row.try_get::<String, _>("origin")?, LeafInput::of(row)?);
            if key.public().name().as_str() != origin {
                return Err(SignError::OtherLog {
                    file: key.public().name().to_string(),
                    database: origin,
                });
            }
            let receipt = EventReceipt {
                aggregate_type: event.aggregate_type.to_owned(),
                aggregate_id: event.aggregate_id.to_owned(),
                sequence: event.sequence,
                entry: Entry::of(&origin, &event),
                recorded_at: event.recorded_at,
                origin,
            };
            let mut note = Note::new(&receipt.to_string())?;
            note.sign(&key, 0);
            receipts.push((receipt, note));
        }
        if !receipts.is_empty() {
            self.pending.add(receipts.iter().map(|(_, note)| note.to_string()).collect()).await?;
        }
        Ok(receipts)
    }
}

/// What a receipt promises, once a key of its log has signed it. Whatever sizes a key signs: a receipt
/// has none.
///
/// # Errors
/// It is malformed, or nobody whom the policy trusts has signed it.
pub fn check(bytes: &[u8], policy: &Policy) -> Result<EventReceipt, ReceiptError> {
    let note = Note::parse(bytes)?;
    let receipt: EventReceipt = note.text().parse()?;
    let keys = policy.log_keys().map(|(key, _)| key);
    let of_log: Vec<_> = keys.filter(|key| key.name().as_str() == receipt.origin).collect();
    if of_log.is_empty() {
        return Err(Refused::UnknownLog(receipt.origin).into());
    }
    note.verify(of_log)?;
    Ok(receipt)
}
