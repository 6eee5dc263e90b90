//! The settings in force, kept once they are established: nothing changes them after that.

use domain::settings::{Policy, STREAM_ID, Settings};
use journal::{Journal, JournalError};
use tokio::sync::OnceCell;

#[derive(Debug, Default)]
pub(super) struct PolicyCache(OnceCell<Policy>);

impl PolicyCache {
    pub(super) async fn get(&self, journal: &Journal) -> Result<Policy, JournalError> {
        if let Some(policy) = self.0.get() {
            return Ok(policy.clone());
        }
        let settings = journal.load::<Settings>(STREAM_ID).await?.state;
        if let Some(policy) = &settings.0 {
            // Losing the race means somebody stored the same policy.
            let _ = self.0.set((**policy).clone());
        }
        Ok(settings.policy())
    }
}
