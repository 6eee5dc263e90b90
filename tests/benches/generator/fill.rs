//! Brings a history into a journal, many events an append, several appends at once.

use std::time::Instant;

use journal::{Append, Journal};
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{Depth, Tickets};
use crate::Fault;

/// How many append at once.
const WRITERS: usize = 4;
/// Events an append: enough to forget what a statement costs.
const TOGETHER: usize = 500;

/// What was brought in.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Filled {
    pub(crate) tickets: u64,
    pub(crate) events: usize,
    pub(crate) seconds: f64,
}

/// Brings in the next so many tickets.
pub(crate) async fn fill(
    journal: &Journal,
    tickets: &mut Tickets,
    (count, depth): (u64, Depth),
) -> Result<Filled, Fault> {
    let began = Instant::now();
    let mut filled = Filled::default();
    let mut writers = JoinSet::new();
    let mut queues = Vec::new();
    for _ in 0..WRITERS {
        let (queue, waiting) = mpsc::channel(2);
        queues.push(queue);
        writers.spawn(write(journal.clone(), waiting));
    }
    tickets.spread(count);
    for queue in queues.iter().cycle() {
        if filled.tickets >= count {
            break;
        }
        let next = tickets.next(count - filled.tickets, TOGETHER, depth);
        filled.tickets += next.tickets;
        filled.events += next.events;
        if queue.send(next.append).await.is_err() {
            // The writer is gone and says why below.
            break;
        }
    }
    drop(queues);
    while let Some(ended) = writers.join_next().await {
        ended??;
    }
    filled.seconds = began.elapsed().as_secs_f64();
    Ok(filled)
}

async fn write(journal: Journal, mut waiting: mpsc::Receiver<Append>) -> Result<(), Fault> {
    while let Some(append) = waiting.recv().await {
        journal.append(&append).await?;
    }
    Ok(())
}
