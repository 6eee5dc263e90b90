//! Throws away what nobody can ask for any more: the answers to commands that are older than the time
//! for which a command may be repeated, and decisions on rights that were kept long enough.

use std::time::Duration;

use journal::decisions::DecisionLog;
use projections::worker::WorkerLease;

use super::WorkerError;
use super::lease::Worker;
use crate::gateway::Gateway;

/// How often.
const ROUND: Duration = Duration::from_secs(3_600);

/// The worker.
#[derive(Debug)]
pub(crate) struct Housekeeping {
    gateway: Gateway,
}

impl Housekeeping {
    /// Behind this door.
    pub(crate) fn new(gateway: Gateway) -> Self {
        Self { gateway }
    }
}

impl Worker for Housekeeping {
    fn name(&self) -> &'static str {
        "housekeeping"
    }

    async fn round(&mut self, _: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let journal = self.gateway.journal();
        let expired = journal.expire_commands().await?;
        if expired > 0 {
            tracing::info!(expired, "answers to old commands are forgotten");
        }
        let decisions = DecisionLog::new(journal.pool().clone());
        let forgotten = decisions.forget(self.gateway.now()).await?;
        if forgotten > 0 {
            tracing::info!(forgotten, "old decisions on rights are forgotten");
        }
        Ok(ROUND)
    }
}
