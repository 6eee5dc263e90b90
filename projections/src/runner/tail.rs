//! The end of the log, read and opened once for all models of the process. Everything works without
//! it, only slower: a model that is further behind, or finds it broken, reads by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use domain::Fact;
use domain::erasure::ErasureEvent;
use journal::read::{LogEntry, LogReader, head_of};
use sqlx::PgConnection;
use tokio::sync::watch;
use tokio::time::sleep;

use super::Shared;
use super::backoff::Backoff;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::session;

/// Events a statement.
const PAGE: i64 = 1_000;
/// Events that are remembered, at most.
const EVENTS: usize = 8_192;
/// The same by their length as stored, in bytes; opened they take a few times that.
const BYTES: usize = 16 << 20;
/// How often the log is looked at without any signal.
const POLL: Duration = Duration::from_millis(200);

/// What the process remembers of the log.
#[derive(Debug)]
pub(super) struct Tail {
    ring: Mutex<Ring>,
    /// The last event that was read; negative while nobody reads.
    through: watch::Sender<i64>,
}

/// Events without a gap, the newest last.
#[derive(Debug, Default)]
struct Ring {
    entries: VecDeque<Arc<LogEntry>>,
    bytes: usize,
}

/// What comes behind a place in the log.
#[derive(Debug)]
pub(super) enum Next {
    /// These events, at least one.
    Events(Vec<Arc<LogEntry>>),
    /// Nothing yet.
    End,
    /// That is not remembered.
    Unknown,
}

impl Default for Tail {
    fn default() -> Self {
        Self { ring: Mutex::default(), through: watch::Sender::new(-1) }
    }
}

impl Tail {
    /// The events behind this number, at most `limit`.
    pub(super) fn after(&self, number: i64, limit: usize) -> Next {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let through = *self.through.borrow();
        if through < 0 {
            return Next::Unknown;
        }
        if number >= through {
            return Next::End;
        }
        let first = ring.entries.front().map_or(i64::MAX, |entry| entry.global_seq);
        let Some(skipped) = (number + 1).checked_sub(first).and_then(|n| usize::try_from(n).ok())
        else {
            return Next::Unknown;
        };
        Next::Events(ring.entries.iter().skip(skipped).take(limit).cloned().collect())
    }

    /// How far a model is that stands at this number in the database. What it does not read it passes
    /// without a word, and says so only a moment later.
    pub(super) fn passed(&self, model: &dyn ReadModel, written: i64) -> i64 {
        let Next::Events(entries) = self.after(written, EVENTS) else { return written };
        let passed = entries.iter().take_while(|entry| !model.reads(&entry.aggregate_type)).last();
        passed.map_or(written, |entry| entry.global_seq)
    }

    /// Tells when more has been read, or nobody reads any more.
    pub(super) fn through(&self) -> watch::Receiver<i64> {
        self.through.subscribe()
    }

    fn put(&self, page: Vec<LogEntry>, through: i64) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        for entry in page {
            // What was opened before a key was gone is remembered no longer than it was.
            if is_destruction(&entry) {
                *ring = Ring::default();
            }
            ring.bytes += entry.size;
            ring.entries.push_back(Arc::new(entry));
        }
        while ring.entries.len() > EVENTS || ring.bytes > BYTES {
            let Some(oldest) = ring.entries.pop_front() else { break };
            ring.bytes -= oldest.size;
        }
        // Under the lock: whoever asks sees both or neither.
        self.through.send_replace(through);
    }

    fn forget(&self) {
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        *ring = Ring::default();
        self.through.send_replace(-1);
    }
}

/// Whether it says that keys are gone.
fn is_destruction(entry: &LogEntry) -> bool {
    let fact = entry.recorded.as_ref().map(|recorded| &recorded.fact);
    matches!(fact, Ok(Fact::Erasure(_, ErasureEvent::KeysDestroyed(_))))
}

/// Reads until `stop` turns true.
pub(super) async fn read(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    while !*stop.borrow() {
        let failed = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            failed = follow(&shared, &mut backoff) => failed,
        };
        shared.tail.forget();
        if let Err(error) = failed {
            tracing::warn!(%error, "the log has to be read by each model");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(backoff.next()) => {}
        }
    }
}

/// Returns with an error alone.
async fn follow(shared: &Shared, backoff: &mut Backoff) -> Result<(), ProjectionError> {
    let journal = &shared.journal;
    let mut conn = session::keeping(&shared.options, "read").await?;
    let start = head_of(&mut conn).await?;
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), start);
    let mut head = journal.head();
    shared.tail.put(Vec::new(), start);
    loop {
        let page = page(&mut log, &mut conn).await?;
        backoff.reset();
        let through = log.position();
        if page.is_empty() {
            // An error means that the journal is gone, and with it this task.
            tokio::select! {
                _ = head.wait_for(|head| *head > through) => {}
                () = sleep(POLL) => {}
            }
            continue;
        }
        shared.tail.put(page, through);
        // A process without the sequencer may not have heard of them yet.
        journal.announce(through);
    }
}

async fn page(
    log: &mut LogReader<'_>,
    conn: &mut PgConnection,
) -> Result<Vec<LogEntry>, ProjectionError> {
    Ok(log.entries(conn, i64::MAX, PAGE).await?)
}
