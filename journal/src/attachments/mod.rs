//! What the files of tickets hold, in the table `identity.attachments`.
//!
//! That a file belongs to a ticket is an event of the ticket's dossier; the bytes are kept here,
//! sealed under their author's data key: whoever is erased takes them along. They are written before
//! the event is; what no event followed within an hour is swept away. Knows no rights and no rules.
//! Called by the API's uploads, downloads and detaching alone.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::{AttachmentId, DataSubject, PersonId, TicketId};
use sqlx::Row;
use uuid::Uuid;

use crate::error::JournalError;
use crate::journal::Journal;

/// An event follows its bytes within seconds; after so long none will.
const ORPHANED: TimeDelta = TimeDelta::hours(1);

/// The store.
#[derive(Debug, Clone)]
pub struct AttachmentStore {
    journal: Journal,
}

/// Whose bytes they are to be.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// The file.
    pub attachment: AttachmentId,
    /// Of which ticket.
    pub ticket: TicketId,
    /// Under whose key it is sealed.
    pub author: PersonId,
}

/// What a file holds.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// As it was uploaded.
    Clear(Vec<u8>),
    /// The author was erased.
    Erased,
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Clear(bytes) => write!(f, "Content({} bytes)", bytes.len()),
            Self::Erased => write!(f, "Erased"),
        }
    }
}

impl AttachmentStore {
    /// In the journal's database, under its keys.
    pub fn new(journal: Journal) -> Self {
        Self { journal }
    }

    /// Writes what a file holds, unless it is there already. Whether it is this that stands there
    /// now, and not something else under the same identity.
    pub async fn put(
        &self,
        file: File,
        (content, sha256): (&[u8], &[u8; 32]),
        now: DateTime<Utc>,
    ) -> Result<bool, JournalError> {
        let owner = DataSubject::Person(file.author);
        let keyring = self.journal.keyring();
        let place = place(file.attachment, file.ticket);
        let (key_id, sealed) = keyring.seal_content(owner, content, &place).await?;
        let written = sqlx::query(include_str!("sql/put.sql"))
            .bind(file.attachment.0)
            .bind(file.ticket.0)
            .bind(key_id)
            .bind(sha256.as_slice())
            .bind(sealed)
            .bind(now)
            .execute(self.journal.pool())
            .await?;
        if written.rows_affected() == 1 {
            return Ok(true);
        }
        let row = sqlx::query(include_str!("sql/same.sql"))
            .bind(file.attachment.0)
            .bind(file.ticket.0)
            .bind(sha256.as_slice())
            .fetch_optional(self.journal.pool())
            .await?;
        Ok(row.map(|row| row.try_get("same")).transpose()?.unwrap_or(false))
    }

    /// Its event is appended: it is never swept away.
    pub async fn keep(&self, attachment: AttachmentId) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/keep.sql"))
            .bind(attachment.0)
            .execute(self.journal.pool())
            .await?;
        Ok(())
    }

    /// On which ticket a file is to be looked for.
    pub async fn ticket_of(
        &self,
        attachment: AttachmentId,
    ) -> Result<Option<TicketId>, JournalError> {
        let row = sqlx::query(include_str!("sql/ticket_of.sql"))
            .bind(attachment.0)
            .fetch_optional(self.journal.pool())
            .await?;
        Ok(row.map(|row| row.try_get("ticket_id").map(TicketId)).transpose()?)
    }

    /// What a file holds, if there is one. Whoever asks checks who may read it.
    pub async fn content(&self, attachment: AttachmentId) -> Result<Option<Content>, JournalError> {
        let row = sqlx::query(include_str!("sql/content.sql"))
            .bind(attachment.0)
            .fetch_optional(self.journal.pool())
            .await?;
        let Some(row) = row else { return Ok(None) };
        let ticket = TicketId(row.try_get("ticket_id")?);
        let (key_id, sealed): (Uuid, Vec<u8>) = (row.try_get("key_id")?, row.try_get("content")?);
        let keyring = self.journal.keyring();
        let content = keyring.open_content(key_id, &sealed, &place(attachment, ticket)).await?;
        Ok(Some(content.map_or(Content::Erased, Content::Clear)))
    }

    /// Forgets what a file held, once it was detached; before that, nothing happens.
    pub async fn discard(&self, attachment: AttachmentId) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/discard.sql"))
            .bind(attachment.0)
            .execute(self.journal.pool())
            .await?;
        Ok(())
    }

    /// Forgets some of what no event followed.
    pub async fn sweep(&self, now: DateTime<Utc>) -> Result<(), JournalError> {
        sqlx::query(include_str!("sql/sweep.sql"))
            .bind(now - ORPHANED)
            .execute(self.journal.pool())
            .await?;
        Ok(())
    }
}

/// Sealed bytes open as this file of this ticket and nowhere else.
fn place(attachment: AttachmentId, ticket: TicketId) -> String {
    format!("attachment\n{attachment}\n{ticket}")
}
