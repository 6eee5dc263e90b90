//! Looks when what was committed is numbered, and when it is seen. An observation is made after the
//! fact, so the times are upper bounds.

use std::time::{Duration, Instant};

use journal::Journal;
use projections::Waiter;
use sqlx::Row;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::Fault;
use crate::schedule::Committed;

/// How long everything took.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) acknowledged: Vec<Duration>,
    pub(super) settled: Vec<Duration>,
    pub(super) visible: Vec<Duration>,
}

/// A number up to which a view has to be, and since when that is waited for.
type Numbered = (i64, Instant);

/// Observes until everything that was sent is visible.
pub(super) async fn observe(
    journal: Journal,
    waiter: Waiter,
    heard: mpsc::UnboundedReceiver<Committed>,
) -> Result<Seen, Fault> {
    let (numbered, waiting) = mpsc::unbounded_channel();
    let looking = tokio::spawn(look(waiter, waiting));
    let mut seen = settle(journal, heard, numbered).await?;
    seen.visible = looking.await?;
    Ok(seen)
}

async fn settle(
    journal: Journal,
    mut heard: mpsc::UnboundedReceiver<Committed>,
    numbered: mpsc::UnboundedSender<Numbered>,
) -> Result<Seen, Fault> {
    let mut seen = Seen::default();
    let mut waiting: Vec<Committed> = Vec::new();
    let mut head = journal.head();
    loop {
        head.mark_unchanged();
        let row = sqlx::query(
            "select cursor_xid::text::bigint, cursor_position, tree_size from journal.sequencer",
        );
        let row = row.fetch_one(journal.pool()).await?;
        let now = Instant::now();
        let (cursor, size) = ((row.try_get(0)?, row.try_get(1)?), row.try_get::<i64, _>(2)?);
        while let Ok(committed) = heard.try_recv() {
            seen.acknowledged.push(committed.took);
            waiting.push(committed);
        }
        waiting.retain(|committed| {
            let settled = (committed.token.xid, committed.token.position) <= cursor;
            if settled {
                seen.settled.push(now.saturating_duration_since(committed.at));
                // Who looks outlives this.
                let _ = numbered.send((size, committed.at));
            }
            !settled
        });
        if waiting.is_empty() && heard.is_closed() && heard.is_empty() {
            return Ok(seen);
        }
        // An acknowledgement may be heard after the number was given.
        let _ = timeout(Duration::from_millis(2), head.changed()).await;
    }
}

async fn look(waiter: Waiter, mut waiting: mpsc::UnboundedReceiver<Numbered>) -> Vec<Duration> {
    let mut visible = Vec::new();
    let mut known = 0;
    while let Some((number, at)) = waiting.recv().await {
        if known < number {
            known = waiter.further("tickets", number - 1).await;
        }
        visible.push(at.elapsed());
    }
    visible
}
