//! Records, when it is time, that a threshold of a ticket's clocks was crossed: once each, as of its
//! exact instant.
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

mod record;

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::kernel::TicketId;
use domain::sla::stopwatch::Timer;
use domain::ticket::Ticket;
use futures_util::future::join_all;
use projections::sla_timers::{TimersRow, due, due_count, due_here, next_after};
use projections::worker::WorkerLease;
use projections::{Almanac, AlmanacError, ReadError};
use sqlx::PgPool;
use tokio::sync::Semaphore;
use tokio::time::sleep;
use uuid::Uuid;

use super::WorkerError;
use super::lease::Worker;
use crate::gateway::{Caller, Gateway};

pub use record::record_until;
use record::{Recorded, record};

/// For how long after its threshold's instant a ticket may still be told of what happened before.
const GRACE: Duration = Duration::from_millis(100);
/// How often is looked when nothing is known to come.
const POLL: Duration = Duration::from_millis(250);
/// The same while tickets wait for the view.
const BEHIND: Duration = Duration::from_millis(50);
/// How long after a round that recorded something: the next one has to be worth its statements.
const GATHER: Duration = Duration::from_millis(20);
/// Tickets a round.
const BATCH: i64 = 1_000;
/// Crossings on their way at once.
const AT_ONCE: usize = 64;

/// The worker.
#[derive(Debug)]
pub(crate) struct Ticker {
    gateway: Gateway,
    reads: PgPool,
    almanac: Almanac,
    /// Recorded, but the view has not seen it yet when it was last asked.
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

    /// Records what is due of these rows; how many crossings that were.
    async fn record_all(
        &mut self,
        rows: &[TimersRow],
        now: DateTime<Utc>,
    ) -> Result<usize, WorkerError> {
        let waiting: BTreeSet<TicketId> = rows.iter().map(|row| row.ticket_id).collect();
        self.told.retain(|(ticket, _)| waiting.contains(ticket));
        let due = self.crossings(rows, now).await?;
        let (this, places) = (&*self, Semaphore::new(AT_ONCE));
        let all = due.iter().map(|(row, timers)| this.record_one(row, timers, &places));
        let mut recorded = 0;
        let mut failed = None;
        for (outcome, (row, _)) in join_all(all).await.into_iter().zip(&due) {
            match outcome {
                Ok(ids) => {
                    recorded += ids.len();
                    self.told.extend(ids.into_iter().map(|id| (row.ticket_id, id)));
                }
                Err(error) => failed = Some(error),
            }
        }
        failed.map_or(Ok(recorded), Err)
    }

    /// The crossings of each row that are due and not recorded yet, the earliest first.
    async fn crossings<'r>(
        &self,
        rows: &'r [TimersRow],
        now: DateTime<Utc>,
    ) -> Result<Vec<(&'r TimersRow, Vec<Timer>)>, WorkerError> {
        let courses = rows.iter().filter_map(|row| row.course.as_ref());
        let versions: BTreeSet<_> = courses.flat_map(|course| course.calendars()).collect();
        let hours = async {
            let mut conn = self.reads.acquire().await.map_err(AlmanacError::from)?;
            self.almanac.hours(&mut conn, &versions).await
        };
        let hours = hours.await.map_err(ReadError::from)?;
        let mut due = Vec::with_capacity(rows.len());
        for row in rows {
            let mut timers =
                row.armed(&hours).map_err(AlmanacError::from).map_err(ReadError::from)?;
            timers.retain(|timer| {
                let told = (row.ticket_id, timer.command_id(row.ticket_id));
                timer.at <= now && !self.told.contains(&told)
            });
            if !timers.is_empty() {
                due.push((row, timers));
            }
        }
        Ok(due)
    }

    /// Records the crossings of one ticket, unless something happened to it that the view has not
    /// seen; the identities of the commands that did.
    async fn record_one(
        &self,
        row: &TimersRow,
        timers: &[Timer],
        places: &Semaphore,
    ) -> Result<Vec<Uuid>, WorkerError> {
        let ticket = row.ticket_id;
        if let Some(last) = timers.last() {
            let late = (self.gateway.now() - last.at).to_std().unwrap_or_default();
            sleep(GRACE.saturating_sub(late)).await;
        }
        // Never closed.
        let _place = places.acquire().await;
        let journal = self.gateway.journal();
        if !journal.stream(Ticket::TYPE, ticket.0, row.version).await?.is_empty() {
            return Ok(Vec::new());
        }
        let mut ids = Vec::with_capacity(timers.len());
        for timer in timers {
            match record(&self.gateway, &Caller::system(), (ticket, *timer)).await? {
                Recorded::Now => {
                    let late = (self.gateway.now() - timer.at).as_seconds_f64();
                    metrics::histogram!("sla_timer_lateness_seconds").record(late.max(0.0));
                }
                Recorded::Before => {}
                Recorded::Later => break,
            }
            ids.push(timer.command_id(ticket));
        }
        Ok(ids)
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
