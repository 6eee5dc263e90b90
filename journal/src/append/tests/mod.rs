//! Append: streams, commands, claims, premises, inline views, groups, and what is refused before it is
//! stored.

mod bulk;
mod claims;
mod commands;
mod dropped;
mod expiry;
mod group;
mod inline;
mod laws;
mod neighbours;
mod order;
mod payloads;
mod premises;
mod processes;
mod queue;
mod streams;

use std::sync::Arc;

use tokio::sync::oneshot;

use super::bind::Bound;
use super::queue::Answer;
use super::{Append, Writer};
use crate::journal::Journal;

/// A writer of its own for this journal: nothing is written until somebody says so.
fn writer(journal: &Journal) -> Arc<Writer> {
    Arc::new(Writer::new(journal.pool(), journal.inline_views(), Arc::default()))
}

/// Queues these appends in their order.
async fn queued(
    journal: &Journal,
    writer: &Writer,
    appends: &[Append],
) -> Vec<oneshot::Receiver<Answer>> {
    let mut answers = Vec::with_capacity(appends.len());
    for append in appends {
        let bound = Bound::new(journal, append).await.unwrap();
        answers.push(writer.queue.push(bound).await.unwrap());
    }
    answers
}

/// Writes them in as few statements as their neighbours allow: how many each of the groups took along,
/// and what became of each append.
async fn written_together(journal: &Journal, appends: &[Append]) -> (Vec<usize>, Vec<Answer>) {
    let writer = writer(journal);
    let answers = queued(journal, &writer, appends).await;
    writer.close();
    let mut groups = Vec::new();
    while let Some(group) = writer.queue.take(0).await {
        groups.push(group.len());
        writer.write(group).await;
    }
    let mut outcomes = Vec::with_capacity(answers.len());
    for answer in answers {
        outcomes.push(answer.await.unwrap());
    }
    (groups, outcomes)
}
