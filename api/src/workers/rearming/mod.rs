//! Re-arming: a new version of a plan or a calendar reaches the open tickets that are measured by an
//! older one (S8), each by one `ticket.sla_terms_restated`. What is resolved or over keeps its terms.
//!
//! It follows the settled log, in two ways that together leave nobody behind:
//! - At an edit it waits until the view of tickets has come that far, then looks at all open tickets
//!   under plans, and restates those whose terms are older. So it reaches all whose terms were said
//!   before the edit.
//! - Whoever decided a moment before the edit, and was appended behind it, stamped older versions. So
//!   of each event that says terms is asked whether there are newer ones by now; what comes behind
//!   the edit is reached by that, one by one.
//!
//! A command stamps what is newest when it is decided, not what an edit said: with a second edit
//! meanwhile a ticket goes to that one at once, never back, and finds nothing to do when its turn
//! comes again. The commands' ids follow from the ticket, what was seen of it, and the newer version:
//! a worker that dies begins the page again, and does nothing twice.
//!
//! How far it is stands in the log and in metrics (`tickets_rearmed_total`,
//! `rearming_tickets_looked_at`, `rearming_seconds`): nobody asks for it, stops it or starts it again,
//! so it is none of the jobs.
//!
//! While an import is under way it waits: tickets that are half told must not be stamped as of now.

mod newest;
mod stale;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::iter;
use std::time::{Duration, Instant};

use domain::kernel::TicketId;
use futures_util::{StreamExt, TryStreamExt, stream};
use projections::runner::Waiter;
use projections::tickets::measured::measured;
use projections::worker::WorkerLease;
use sqlx::PgPool;
use uuid::Uuid;

use self::newest::Newest;
use self::stale::{Edited, Stale, Stamped};
use super::WorkerError;
use super::following::Page;
use super::lease::Worker;
use crate::gateway::Gateway;

/// Commands on their way at once.
const TOGETHER: usize = 64;
/// Tickets looked at in one go.
const LOOK: i64 = 1_000;
/// How long the view may take to come as far as an edit before the lease is looked at again.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often is looked whether an import is over, or whether the view goes on.
const AGAIN: Duration = Duration::from_secs(2);

/// How often is told how far it is.
const TELL: Duration = Duration::from_secs(5);

/// The follower.
#[derive(Debug)]
pub(crate) struct Rearming {
    gateway: Gateway,
    reads: PgPool,
    waiter: Waiter,
}

impl Rearming {
    /// `reads`' connections search the read models' schemas; `waiter` knows how far these are.
    pub(crate) fn new(gateway: Gateway, reads: PgPool, waiter: Waiter) -> Self {
        Self { gateway, reads, waiter }
    }

    /// Restates all open tickets whose terms are older than what is newest; how many were told so.
    async fn sweep(&self, lease: &mut WorkerLease) -> Result<u64, WorkerError> {
        let (mut after, mut told) = (TicketId(Uuid::nil()), Instant::now());
        let (mut looked_at, mut done) = (0, 0);
        loop {
            let (page, last) = measured(&self.reads, after, LOOK).await?;
            let stamped: Vec<Stamped> = page.into_iter().map(Stamped::from).collect();
            looked_at += stamped.len();
            let newest = Newest::of(&self.gateway, &stamped, iter::empty()).await?;
            done += self.restate(newest.ahead_of(&stamped)).await?;
            metrics::gauge!("rearming_tickets_looked_at").set(looked_at as f64);
            if told.elapsed() >= TELL {
                told = Instant::now();
                tracing::info!(looked_at, restated = done, "an edit is on its way to open tickets");
            }
            // Whoever lost the right stops here: another process goes on.
            lease.check().await?;
            match last {
                Some(last) => after = last,
                None => return Ok(done),
            }
        }
    }

    /// Restates these; how many they are.
    async fn restate(&self, stale: Vec<Stale>) -> Result<u64, WorkerError> {
        let mut causes = BTreeMap::new();
        for newer in stale.iter().map(|it| it.newer) {
            if let Entry::Vacant(place) = causes.entry(newer) {
                place.insert(newer.cause(&self.gateway).await?);
            }
        }
        let count = stale.len() as u64;
        let each = stream::iter(stale).map(|it| {
            let cause = causes.get(&it.newer).copied().flatten();
            it.restate(&self.gateway, cause)
        });
        each.buffer_unordered(TOGETHER).try_collect::<()>().await?;
        Ok(count)
    }

    /// False when it has to wait.
    async fn follow(&self, page: &Page, lease: &mut WorkerLease) -> Result<bool, WorkerError> {
        let stamped: Vec<Stamped> = page.events.iter().filter_map(Stamped::by).collect();
        let edits: Vec<Edited> = page.events.iter().filter_map(Edited::by).collect();
        if stamped.is_empty() && edits.is_empty() {
            return Ok(true);
        }
        let others = edits.iter().map(|it| it.newer);
        let newest = Newest::of(&self.gateway, &stamped, others).await?;
        let stale = newest.ahead_of(&stamped);
        // What was edited again is reached by that edit, which comes later.
        let last = edits.into_iter().filter(|it| newest.is(it.newer));
        let edited = last.max_by_key(|it| it.global_seq);
        if stale.is_empty() && edited.is_none() {
            return Ok(true);
        }
        if !lease.hold_imports().await? {
            return Ok(false);
        }
        let done = self.reach(stale, edited, lease).await;
        lease.release_imports().await?;
        done
    }

    async fn reach(
        &self,
        stale: Vec<Stale>,
        edited: Option<Edited>,
        lease: &mut WorkerLease,
    ) -> Result<bool, WorkerError> {
        self.restate(stale).await?;
        let Some(edited) = edited else { return Ok(true) };
        if self.waiter.passed_number("tickets", edited.global_seq, PATIENCE).await.is_err() {
            tracing::warn!("an edit waits for the view of tickets");
            return Ok(false);
        }
        let began = Instant::now();
        let tickets = self.sweep(lease).await?;
        let seconds = began.elapsed().as_secs_f64();
        tracing::info!(edited = %edited.newer, tickets, seconds, "an edit has reached open tickets");
        metrics::histogram!("rearming_seconds").record(seconds);
        Ok(true)
    }
}

impl Worker for Rearming {
    fn name(&self) -> &'static str {
        "rearming"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let Some(page) = Page::next(self.gateway.journal(), lease).await? else {
            return Ok(Duration::ZERO);
        };
        if !self.follow(&page, lease).await? {
            return Ok(AGAIN);
        }
        page.is_done(self.name(), lease).await
    }
}
