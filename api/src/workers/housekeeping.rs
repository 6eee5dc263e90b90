//! Throws away what nobody can ask for any more: the answers to commands that are older than the time
//! for which a command may be repeated.

use std::time::Duration;

use journal::Journal;
use projections::worker::WorkerLease;

use super::WorkerError;
use super::lease::Worker;

/// How often.
const ROUND: Duration = Duration::from_secs(3_600);

/// The worker.
#[derive(Debug)]
pub(crate) struct Housekeeping {
    journal: Journal,
}

impl Housekeeping {
    /// In this journal.
    pub(crate) fn new(journal: Journal) -> Self {
        Self { journal }
    }
}

impl Worker for Housekeeping {
    fn name(&self) -> &'static str {
        "housekeeping"
    }

    async fn round(&mut self, _: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let expired = self.journal.expire_commands().await?;
        if expired > 0 {
            tracing::info!(expired, "answers to old commands are forgotten");
        }
        Ok(ROUND)
    }
}
