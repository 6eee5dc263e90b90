//! Retires items that a source misses for as long as it waits, if it is one that lets them be retired.
//!
//! By the injected clock, so that a test can let days pass. An item that was sent again meanwhile, or
//! that anything else happened to, is left alone until the view has seen it.

use std::time::Duration;

use chrono::TimeDelta;
use domain::ci::CiCommand;
use domain::ci::command::Retire;
use domain::sync_source::OnMissing;
use projections::cis::health::{Due, due_to_retire};
use projections::sync_sources::{self, SyncSourceRow};
use projections::worker::WorkerLease;
use sqlx::PgPool;

use super::lease::Worker;
use super::{WorkerError, named};
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(2);
/// Items a round and source.
const BATCH: i64 = 200;
/// How long after a full round: the view must have seen it.
const MORE: Duration = Duration::from_millis(250);

/// The worker.
#[derive(Debug)]
pub(crate) struct Retiring {
    gateway: Gateway,
    reads: PgPool,
}

impl Retiring {
    /// `reads`' connections search the read models' schemas.
    pub(crate) fn new(gateway: Gateway, reads: PgPool) -> Self {
        Self { gateway, reads }
    }

    /// Retires what is due; how many items of one source were at most.
    async fn retire_due(&self) -> Result<usize, WorkerError> {
        let mut most = 0;
        for source in sync_sources::all(&self.reads).await? {
            let Some(days) = waits(&source) else { continue };
            let until = self.gateway.now() - TimeDelta::days(days.into());
            let due = due_to_retire(&self.reads, (&source.name, until), BATCH).await?;
            for item in &due {
                self.retire(&source, item).await?;
            }
            most = most.max(due.len());
        }
        Ok(most)
    }

    async fn retire(&self, source: &SyncSourceRow, due: &Due) -> Result<(), WorkerError> {
        let identity = format!("retire {} {} {}", due.ci_id, source.source_id, due.since);
        let mut request = Request::new(CiCommand::Retire(Retire), due.ci_id.0);
        request.idempotency = Some(named(&identity));
        request.expected_version = Some(due.version);
        request.reason =
            Some(format!("{} misses it since {}", source.name, due.since.date_naive()));
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) | Err(GatewayError::Refused(_) | GatewayError::Stale { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

/// How many days it waits, if it lets items be retired.
fn waits(source: &SyncSourceRow) -> Option<u16> {
    let retires = source.definition.on_missing == OnMissing::Retire;
    source.definition.retire_after_days.filter(|_| retires)
}

impl Worker for Retiring {
    fn name(&self) -> &'static str {
        "retiring"
    }

    async fn round(&mut self, _lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let most = self.retire_due().await?;
        Ok(if i64::try_from(most).is_ok_and(|most| most < BATCH) { ROUND } else { MORE })
    }
}
