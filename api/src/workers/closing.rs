//! Closes tickets to whose resolution nobody objected for as long as the settings say.
//!
//! By the injected clock, so that a test can let days pass. While an import is under way nothing is
//! closed: a ticket may be half told then, and history says itself when it was closed. What is
//! resolved when the import is over is closed like any other: nobody else would do it.

use std::time::Duration;

use chrono::TimeDelta;
use domain::ticket::TicketCommand;
use domain::ticket::command::Close;
use projections::tickets::due::{Due, resolved_until};
use projections::worker::WorkerLease;
use sqlx::PgPool;

use super::lease::Worker;
use super::{Consequence, Drawn, WorkerError, draw};
use crate::gateway::{Gateway, GatewayError};

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(2);
/// Tickets a round.
const BATCH: i64 = 200;
/// How long after a full round: the view must have seen it.
const MORE: Duration = Duration::from_millis(250);

/// The worker.
#[derive(Debug)]
pub(crate) struct Closing {
    gateway: Gateway,
    reads: PgPool,
}

impl Closing {
    /// `reads`' connections search the read models' schemas.
    pub(crate) fn new(gateway: Gateway, reads: PgPool) -> Self {
        Self { gateway, reads }
    }

    /// Closes what is due; how many tickets were.
    async fn close_due(&self) -> Result<usize, WorkerError> {
        let days = self.gateway.policy().await?.close_after_days;
        let until = self.gateway.now() - TimeDelta::days(days.into());
        let due = resolved_until(&self.reads, until, BATCH).await?;
        for ticket in &due {
            self.close(ticket).await?;
        }
        Ok(due.len())
    }

    /// Nothing when something happened to the ticket since the view has seen it: the next round
    /// looks again.
    async fn close(&self, due: &Due) -> Result<(), WorkerError> {
        let close = Consequence {
            ticket: due.ticket,
            command: TicketCommand::Close(Close {}),
            identity: format!("close {} {}", due.ticket, due.reopen_count),
            expected_version: Some(due.version),
            reason: None,
            cause: None,
        };
        match draw(&self.gateway, close).await {
            Ok(Drawn::Done(outcome)) => {
                if !outcome.receipt.replayed {
                    metrics::counter!("tickets_closed_automatically_total").increment(1);
                }
                Ok(())
            }
            Ok(Drawn::Refused(_)) | Err(GatewayError::Stale { .. }) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }
}

impl Worker for Closing {
    fn name(&self) -> &'static str {
        "closing"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        if !lease.hold_imports().await? {
            return Ok(ROUND);
        }
        let closed = self.close_due().await?;
        lease.release_imports().await?;
        Ok(if i64::try_from(closed).is_ok_and(|closed| closed < BATCH) { ROUND } else { MORE })
    }
}
