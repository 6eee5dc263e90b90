//! Records, when it is time, that a threshold of a ticket's clocks was crossed, or that a deadline set
//! by hand is near or over: once each, as of its exact instant.
//!
//! The view `sla_timers` says which tickets are due, and nothing more rests on it. Right before a
//! crossing is recorded, the ticket's own stream is asked whether anything stands behind the event up
//! to which the view has read it; if so, the ticket waits for the view. So what is recorded follows
//! from all that the ticket's stream says by then. A command under way may still say that it happened
//! a moment before the threshold: it gets [`GRACE`] to arrive. What comes later unsays nothing.
//!
//! Exactly once follows from the commands' identities and from E1, whoever sends them how often: after
//! a crash, on two nodes, or before the view has seen the first one. So one node at a time does it,
//! like all other work (`lease`). Rows are not locked: whoever locks rows of a view keeps its writer
//! from all of them, and one node is fast enough, because crossings side by side share statements. A
//! clock that jumps ahead, or days without a server, only make more tickets due at once; one that
//! jumps back makes none due.
//!
//! While an import is under way, tickets of which an import said the last word wait: the next row may
//! say that they were solved in time. What history crossed is recorded by the imports themselves
//! ([`record_until`]).

mod due;
mod record;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use projections::sla_timers::{TimersRow, due, due_count, due_here, next_after};
use projections::worker::WorkerLease;
use projections::{Almanac, AlmanacError, ReadError};
use sqlx::PgPool;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use uuid::Uuid;

use super::WorkerError;
use super::lease::Worker;
use crate::gateway::Gateway;

use due::{Due, Told};
pub use record::record_until;

/// For how long after its threshold's instant a ticket may still be told of what happened before.
const GRACE: Duration = Duration::from_millis(100);
/// How often is looked when nothing is known to come.
const POLL: Duration = Duration::from_millis(250);
/// The same while tickets wait for the view.
const BEHIND: Duration = Duration::from_millis(50);
/// How long after a round that recorded something: the next one has to be worth its statements.
const GATHER: Duration = Duration::from_millis(20);
/// Tickets a round.
const BATCH: i64 = 2_000;
/// Crossings on their way at once.
const AT_ONCE: usize = 128;

/// The worker.
#[derive(Debug)]
pub(crate) struct Ticker {
    gateway: Gateway,
    reads: PgPool,
    almanac: Almanac,
    /// What was told, and the view had not seen when it was last asked.
    told: BTreeSet<(TicketId, Uuid)>,
}

impl Ticker {
    /// `reads`' connections search the read models' schemas.
    pub(crate) fn new(gateway: Gateway, reads: PgPool) -> Self {
        Self { gateway, reads, almanac: Almanac::default(), told: BTreeSet::new() }
    }

    /// What is due; and whether imports are kept from beginning meanwhile.
    async fn due(
        &self,
        lease: &mut WorkerLease,
        now: DateTime<Utc>,
    ) -> Result<(Vec<TimersRow>, bool), WorkerError> {
        let rows = due(&self.reads, now, BATCH).await?;
        if !rows.iter().any(|row| row.imported) {
            return Ok((rows, false));
        }
        if lease.hold_imports().await? {
            return Ok((rows, true));
        }
        Ok((due_here(&self.reads, now, BATCH).await?, false))
    }

    /// Records what is due of these rows; how many crossings that were. Tickets go side by side, the
    /// crossings of each one after the other.
    async fn record_all(
        &mut self,
        rows: &[TimersRow],
        now: DateTime<Utc>,
    ) -> Result<usize, WorkerError> {
        let waiting: BTreeSet<TicketId> = rows.iter().map(|row| row.ticket_id).collect();
        self.told.retain(|(ticket, _)| waiting.contains(ticket));
        let places = Arc::new(Semaphore::new(AT_ONCE));
        // Dropped, it ends them.
        let mut tasks = JoinSet::new();
        for due in self.crossings(rows, now).await? {
            tasks.spawn(due.record(self.gateway.clone(), Arc::clone(&places)));
        }
        let (mut recorded, mut failed) = (0, None);
        while let Some(task) = tasks.join_next().await {
            match task.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic())) {
                Ok(Told { ticket, commands }) => {
                    recorded += commands.len();
                    self.told.extend(commands.into_iter().map(|command| (ticket, command)));
                }
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(recorded), |error| Err(error.into()))
    }

    /// The crossings of each row that are due and not told yet.
    async fn crossings(
        &self,
        rows: &[TimersRow],
        now: DateTime<Utc>,
    ) -> Result<Vec<Due>, WorkerError> {
        let courses = rows.iter().filter_map(|row| row.course.as_ref());
        let versions: BTreeSet<_> = courses.flat_map(|course| course.calendars()).collect();
        let all = async {
            let hours = self.almanac.hours(&mut *self.reads.acquire().await?, &versions).await?;
            let mut all = Vec::with_capacity(rows.len());
            for row in rows {
                let (ticket, version) = (row.ticket_id, row.version);
                let mut alarms = row.armed(&hours)?;
                alarms.retain(|alarm| {
                    alarm.at() <= now && !self.told.contains(&(ticket, alarm.command_id(ticket)))
                });
                all.push(Due { ticket, version, alarms });
            }
            all.retain(|due| !due.alarms.is_empty());
            Ok::<_, AlmanacError>(all)
        };
        Ok(all.await.map_err(ReadError::from)?)
    }

    /// For how long there is nothing to do.
    async fn pause(&self, rows: usize, recorded: usize) -> Result<Duration, WorkerError> {
        if recorded > 0 {
            return Ok(GATHER);
        }
        if rows > 0 {
            return Ok(BEHIND);
        }
        let now = self.gateway.now();
        let next = next_after(&self.reads, now).await?;
        let until = next.and_then(|next| (next - now).to_std().ok());
        Ok(until.map_or(POLL, |until| until.clamp(GATHER, POLL)))
    }
}

impl Worker for Ticker {
    fn name(&self) -> &'static str {
        "ticker"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let now = self.gateway.now();
        let (rows, held) = self.due(lease, now).await?;
        let recorded = self.record_all(&rows, now).await;
        if held {
            lease.release_imports().await?;
        }
        let recorded = recorded?;
        let is_all = i64::try_from(rows.len()).is_ok_and(|rows| rows < BATCH);
        let due =
            if is_all { rows.len() as f64 } else { due_count(&self.reads, now).await? as f64 };
        metrics::gauge!("sla_timers_due").set((due - recorded as f64).max(0.0));
        self.pause(rows.len(), recorded).await
    }
}
