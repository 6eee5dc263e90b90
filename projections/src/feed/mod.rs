//! `feed`: what happened to tickets and their clocks, one change an event, as seen from any place in the log.
//!
//! Not a read model: it has no tables. A change is the fold of the ticket's own streams up to its
//! event, so whoever reads again from the same place is told the same again, in the same order. It
//! is pulled: nothing is kept for a reader who is slow, and nothing is lost. It never runs ahead of
//! the model `tickets`, so that a ticket it tells of can be asked for. What a reader may see is not
//! its business. Called by the API's subscriptions.

mod change;
mod fold;
mod tail;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use journal::read::LogReader;
use journal::{Journal, Recorded};
use sqlx::PgPool;
use tokio::sync::Mutex;

use crate::almanac::Almanac;
use crate::error::ProjectionError;
use crate::runner::Waiter;
use fold::Standings;
use tail::Tail;

pub use change::{Change, Crossing, Passed, Snapshot, What};

/// The model that the feed never runs ahead of.
const MODEL: &str = "tickets";
/// Events that are read at once.
const PAGE: i64 = 100;

/// The feed of this process; cheap to clone, and what one reader made it read serves the others.
#[derive(Debug, Clone)]
pub struct Feed {
    journal: Journal,
    reads: PgPool,
    waiter: Waiter,
    tail: Arc<Mutex<Tail>>,
    almanac: Almanac,
}

impl Feed {
    /// `reads` are connections that act as `annals_app`.
    pub fn new(journal: Journal, reads: PgPool, waiter: Waiter) -> Self {
        Self { journal, reads, waiter, tail: Arc::default(), almanac: Almanac::default() }
    }

    /// The last event that a reader who begins now has missed.
    pub async fn now(&self) -> Result<i64, ProjectionError> {
        Ok(self.waiter.applied_through(MODEL).await?)
    }

    /// The next events behind this number, at least one: waits for it as long as it takes.
    pub async fn next(&self, after: i64) -> Result<Vec<Passed>, ProjectionError> {
        let through = self.waiter.further(MODEL, after).await;
        self.read(after, through).await
    }

    /// Several readers at the end of the log read it once: the first one does, the others wait.
    async fn read(&self, after: i64, through: i64) -> Result<Vec<Passed>, ProjectionError> {
        let mut tail = self.tail.lock().await;
        if let Some(page) = tail.page(after, PAGE) {
            return Ok(page);
        }
        if !tail.continues(after) {
            drop(tail);
            return self.look(after, through, &mut Standings::default()).await;
        }
        let mut standings = tail.take(after);
        let page = self.look(after, through, &mut standings).await?;
        tail.put(&page, standings);
        Ok(page)
    }

    /// Reads a page and folds it onto how its tickets stood before.
    async fn look(
        &self,
        after: i64,
        through: i64,
        standings: &mut Standings,
    ) -> Result<Vec<Passed>, ProjectionError> {
        let mut conn = self.reads.acquire().await?;
        let (keys, upcasters) = (self.journal.keyring(), self.journal.upcasters());
        let mut log = LogReader::after(keys, upcasters, after);
        let page: Vec<Recorded> = log.page(&mut conn, through, PAGE).await?;
        standings.heed(&page);
        let unknown = standings.unknown(&page);
        if !unknown.is_empty() {
            let before = journal::read::several(
                &mut conn,
                (keys, upcasters),
                &fold::STREAMS,
                &unknown,
                after,
            );
            for recorded in before.await? {
                standings.pass((&mut conn, &self.almanac), &recorded).await?;
            }
        }
        let mut passed = Vec::with_capacity(page.len());
        for recorded in &page {
            passed.push(standings.pass((&mut conn, &self.almanac), recorded).await?);
        }
        Ok(passed)
    }
}
