//! Which notices people have read. Called by the mutation `notificationsMarkRead`.

use domain::kernel::PersonId;

use super::Identity;

impl Identity {
    /// Marks the notices of these events as read; what was read before keeps its time.
    pub async fn mark_read(
        &self,
        person: PersonId,
        global_seqs: &[i64],
    ) -> Result<(), journal::JournalError> {
        self.0.store.mark_read(person, global_seqs, self.0.gateway.now()).await
    }

    /// The same of all notices up to this event.
    pub async fn mark_all_read(
        &self,
        person: PersonId,
        through: i64,
    ) -> Result<(), journal::JournalError> {
        self.0.store.mark_all_read(person, through, self.0.gateway.now()).await
    }
}
