//! What is known of a person beside the history: how they sign in, what their files hold, which names
//! they claim.

use std::collections::BTreeSet;

use domain::kernel::PersonId;
use sqlx::Row;
use uuid::Uuid;

use crate::error::JournalError;
use crate::journal::Journal;

/// How many of each were deleted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// What files hold that were sealed under the person's keys.
    pub attachments: u64,
    /// Keyed hashes of their login and e-mail address.
    pub claims: u64,
    /// Their password's hash.
    pub credentials: u64,
    /// Their sessions.
    pub sessions: u64,
    /// Which notices they had read.
    pub marks: u64,
}

impl Journal {
    /// Deletes all of it in one transaction. Told again, there is nothing.
    pub async fn forget_person(
        &self,
        person: PersonId,
        keys: &BTreeSet<Uuid>,
    ) -> Result<Forgotten, JournalError> {
        let row = sqlx::query(include_str!("sql/forget_person.sql"))
            .bind(person.0)
            .bind(keys.iter().copied().collect::<Vec<_>>())
            .fetch_one(self.pool())
            .await?;
        let count =
            |name| row.try_get::<i64, _>(name).map(i64::unsigned_abs).map_err(JournalError::from);
        Ok(Forgotten {
            attachments: count("attachments")?,
            claims: count("claims")?,
            credentials: count("credentials")?,
            sessions: count("sessions")?,
            marks: count("marks")?,
        })
    }
}
