//! What time does to access: grants and exceptions come to their end, requests are reminded of,
//! escalated and given up, and what was approved for later begins.
//!
//! By the injected clock, so that a test can let days pass. Nothing holds longer because this is late:
//! decisions look at the instants themselves, here they are written down.

mod activating;
mod deadlines;
mod expiring;
mod leaving;

use std::time::Duration;

use projections::worker::WorkerLease;
use sqlx::PgPool;

use super::WorkerError;
use super::lease::Worker;
use crate::gateway::Gateway;
pub(crate) use activating::{Approved, activate};
pub(crate) use leaving::see_off;

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(1);
/// Subjects, and requests, a round.
const BATCH: i64 = 100;
/// How long after a full round: the view must have seen it.
const MORE: Duration = Duration::from_millis(250);

/// The worker.
#[derive(Debug)]
pub(crate) struct Access {
    gateway: Gateway,
    reads: PgPool,
}

impl Access {
    /// `reads`' connections search the read models' schemas.
    pub(crate) fn new(gateway: Gateway, reads: PgPool) -> Self {
        Self { gateway, reads }
    }
}

impl Worker for Access {
    fn name(&self) -> &'static str {
        "access"
    }

    async fn round(&mut self, _lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let (gateway, reads) = (&self.gateway, &self.reads);
        let over = expiring::expire_due(gateway, reads).await?;
        let due = deadlines::see_to_due(gateway, reads).await?;
        let most = i64::try_from(over.max(due)).unwrap_or(BATCH);
        Ok(if most < BATCH { ROUND } else { MORE })
    }
}
