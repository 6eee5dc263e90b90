//! Writes what waits: each lane takes a group, writes it in one statement, answers.
//!
//! After a conflict one SELECT names every append that can never succeed; these are answered, the
//! rest run again. After some rounds, or when the server refuses a group for another reason, the group
//! is taken apart: nobody fails for a neighbour. An append that a lane took is finished, whoever waits
//! for it; only a broken connection leaves its outcome open, and its caller is told so.

use std::sync::Arc;
use std::time::{Duration, Instant};

use sqlx::PgPool;
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use super::bind::Bound;
use super::diagnose;
use super::queue::{Answer, LANES, Queue, Waiting};
use super::statement::{self, Failed, Texts};
use super::types::{AppendError, Receipt};
use crate::error::JournalError;
use crate::inline::InlineView;
use crate::postgres::hot::{Connections, Lease};
use crate::token::PositionToken;

/// How often a group is tried whose conflict was diagnosed, or could not be.
const ROUNDS: usize = 3;
/// A statement that takes longer waits for somebody else.
const HELD_UP: Duration = Duration::from_millis(100);
/// Whoever waits for the database longer than this is told that it cannot be reached.
const PATIENCE: Duration = Duration::from_secs(10);
/// Pauses between attempts to connect.
const PAUSES: [Duration; 2] = [Duration::from_millis(50), Duration::from_secs(1)];

/// What the lanes share.
#[derive(Debug)]
pub(crate) struct Writer {
    pub(super) queue: Queue,
    connections: Connections,
    texts: Texts,
    /// Told after each append.
    appended: Arc<Notify>,
}

impl Writer {
    /// For the database of this pool.
    pub(crate) fn new(pool: &PgPool, views: &[Arc<dyn InlineView>], appended: Arc<Notify>) -> Self {
        let connections = Connections::new(pool, LANES);
        Self { queue: Queue::default(), connections, texts: Texts::new(views), appended }
    }

    /// Writes until the journal is closed and the queue is empty.
    pub(crate) async fn run(self: Arc<Self>) {
        let present = Present(&self);
        tokio::join!(self.lane(0), self.lane(1), self.lane(2));
        drop(present);
        self.connections.close().await;
    }

    /// Takes no append any more.
    pub(crate) fn close(&self) {
        self.queue.close();
    }

    async fn lane(&self, lane: usize) {
        while let Some(group) = self.queue.take(lane).await {
            let mut writing = Box::pin(self.write(group));
            if timeout(HELD_UP, &mut writing).await.is_ok() {
                continue;
            }
            let _held_up = self.queue.held_up();
            writing.await;
        }
    }

    /// Brings every append of the group to its end.
    pub(super) async fn write(&self, mut group: Vec<Waiting>) {
        for _ in 0..ROUNDS {
            let outcome = match self.connect().await {
                Ok(conn) => self.once(conn, &group).await,
                // Nothing was sent.
                Err(error) => Err(Failed::Broken(error)),
            };
            match outcome {
                Ok(tokens) => return self.stored(group, tokens),
                Err(Failed::Conflict) => group = self.diagnosed(group).await,
                Err(Failed::Broken(error)) => return self.failed(group, error),
                Err(Failed::Refused(error)) if group.len() == 1 => {
                    return self.failed(group, error);
                }
                Err(Failed::Refused(_)) => {
                    let others = group.split_off(group.len() / 2);
                    Box::pin(self.write(group)).await;
                    return Box::pin(self.write(others)).await;
                }
            }
            if group.is_empty() {
                return;
            }
        }
        if group.len() == 1 {
            return self.queue.answer(group.into_iter().map(|one| (one, Err(AppendError::Busy))));
        }
        for one in group {
            Box::pin(self.write(vec![one])).await;
        }
    }

    async fn once(
        &self,
        mut conn: Lease<'_>,
        group: &[Waiting],
    ) -> Result<Vec<Option<PositionToken>>, Failed> {
        let bounds: Vec<&Bound> = group.iter().map(|one| &one.bound).collect();
        let outcome = statement::run(&mut conn, &self.texts, &bounds).await;
        if !matches!(outcome, Err(Failed::Broken(_))) {
            conn.keep();
        }
        outcome
    }

    fn stored(&self, group: Vec<Waiting>, tokens: Vec<Option<PositionToken>>) {
        self.appended.notify_one();
        #[expect(clippy::cast_precision_loss, reason = "a group has some hundred members")]
        metrics::histogram!("journal_append_group_size").record(group.len() as f64);
        let receipt = |(mut one, token): (Waiting, _)| {
            let streams = std::mem::take(&mut one.bound.versions);
            (one, Ok(Receipt { token, streams, replayed: false }))
        };
        self.queue.answer(group.into_iter().zip(tokens).map(receipt));
    }

    /// Answers those that can never succeed; the rest may be tried again.
    async fn diagnosed(&self, group: Vec<Waiting>) -> Vec<Waiting> {
        metrics::counter!("journal_append_conflicts_total").increment(1);
        let reasons = match self.connect().await {
            Ok(mut conn) => {
                let reasons = diagnose::explain(&mut conn, &group).await;
                if reasons.is_ok() {
                    conn.keep();
                }
                reasons
            }
            Err(error) => Err(error),
        };
        let reasons = match reasons {
            Ok(reasons) => reasons,
            Err(error) => {
                self.failed(group, error);
                return Vec::new();
            }
        };
        let mut rest = Vec::new();
        let mut answers: Vec<(Waiting, Answer)> = Vec::new();
        for (one, reason) in group.into_iter().zip(reasons) {
            match reason {
                Some(reason) => answers.push((one, Err(reason))),
                None => rest.push(one),
            }
        }
        self.queue.answer(answers);
        rest
    }

    fn failed(&self, group: Vec<Waiting>, error: sqlx::Error) {
        let kind = match &error {
            sqlx::Error::Io(error) => error.kind(),
            _ => std::io::ErrorKind::ConnectionAborted,
        };
        let again = || sqlx::Error::Io(kind.into());
        let mut errors = std::iter::once(error).chain(std::iter::repeat_with(again));
        let failed = |one| {
            let error = errors.next().unwrap_or(sqlx::Error::WorkerCrashed);
            (one, Err(AppendError::Journal(JournalError::from(error))))
        };
        self.queue.answer(group.into_iter().map(failed).collect::<Vec<_>>());
    }

    /// A connection, as soon as there is one again.
    async fn connect(&self) -> Result<Lease<'_>, sqlx::Error> {
        let [mut pause, longest] = PAUSES;
        let since = Instant::now();
        loop {
            match self.connections.lease().await {
                Ok(conn) => return Ok(conn),
                Err(error) if since.elapsed() > PATIENCE => return Err(error),
                Err(error) => tracing::warn!(%error, "appends wait for the database"),
            }
            sleep(pause).await;
            pause = longest.min(pause * 2);
        }
    }
}

/// Whoever waits for a writer that is gone, is told so.
struct Present<'a>(&'a Writer);

impl Drop for Present<'_> {
    fn drop(&mut self) {
        self.0.queue.abandon();
    }
}
