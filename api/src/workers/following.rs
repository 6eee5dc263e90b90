//! Following the settled log from a stored place on: the same for all who draw consequences from it.
//!
//! A page that is not done when its follower dies is read again, so each event is followed at least
//! once; that nothing is done twice is the business of the commands' ids. Called by the followers.

use std::time::Duration;

use journal::read::LogReader;
use journal::{Journal, Recorded};
use projections::worker::WorkerLease;
use tokio::time::timeout;

use super::WorkerError;

/// Events a page.
const BATCH: i64 = 500;
/// How long is waited for an event before the lease is looked at again.
const IDLE: Duration = Duration::from_secs(1);
/// How long after a page the next one is read: under load, a page has to be worth its statements.
const GATHER: Duration = Duration::from_millis(20);

/// Some events of the log, in order.
#[derive(Debug)]
pub(super) struct Page {
    /// Never empty.
    pub(super) events: Vec<Recorded>,
    /// The number of the last one.
    pub(super) through: i64,
}

impl Page {
    /// What follows behind that which the follower is done with; none when nothing came for a while.
    pub(super) async fn next(
        journal: &Journal,
        lease: &mut WorkerLease,
    ) -> Result<Option<Self>, WorkerError> {
        let done = lease.done_through().await?;
        let mut log = LogReader::after(journal.keyring(), journal.upcasters(), done);
        let events = log.page(lease.conn(), i64::MAX, BATCH).await?;
        if events.is_empty() {
            let mut head = journal.head();
            // Nothing new within the time is as good as something.
            let _ = timeout(IDLE, head.wait_for(|head| *head > done)).await;
            return Ok(None);
        }
        Ok(Some(Self { events, through: log.position() }))
    }

    /// Notes that the follower of this name is done with it; how long it rests.
    pub(super) async fn is_done(
        &self,
        name: &'static str,
        lease: &mut WorkerLease,
    ) -> Result<Duration, WorkerError> {
        lease.note_done_through(self.through).await?;
        metrics::gauge!("worker_done_through", "worker" => name).set(self.through as f64);
        Ok(GATHER)
    }
}
