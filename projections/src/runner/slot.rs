//! One share of a model's streams, worked on by one task over one connection.
//!
//! Events that concern no row of the model cost no statement: how far it is stands in memory at
//! once, and in the database a moment later. What an event of its streams changes, and how far the
//! slot is, is written in one statement.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

use sqlx::{Connection, PgConnection};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::Shared;
use super::well::Well;
use crate::dead_letters::Waiting;
use crate::error::ProjectionError;
use crate::model::ReadModel;

/// Events a statement, at most.
pub(super) const BATCH: usize = 1_000;
/// How long progress without a row may stay in memory.
const LAZY: Duration = Duration::from_millis(200);
/// The same in events.
const LAZY_EVENTS: i64 = 20_000;
/// How often a slot that hears nothing looks by itself, and whether its connection lives.
const LOOK: Duration = Duration::from_secs(1);
/// The same while nobody reads for all models.
const POLL: Duration = Duration::from_millis(200);

/// So many events at once are a sign that many people work.
const MANY: i64 = 4;
/// Then this long is waited before the next ones, unless somebody waits for them: fewer and larger
/// batches are written, and nobody sees an event later than by this.
const GATHER: Duration = Duration::from_millis(10);

/// A slot at work.
#[derive(Debug)]
pub(super) struct Slot<'a> {
    pub(super) shared: &'a Shared,
    pub(super) model: &'a dyn ReadModel,
    pub(super) conn: &'a mut PgConnection,
    /// Its number, and of how many.
    pub(super) place: (u8, u8),
    /// What stands in the database.
    pub(super) written: i64,
    /// How far it is.
    pub(super) known: i64,
    pub(super) epoch: i64,
    pub(super) waiting: Waiting,
    /// How far all slots of the lease are, by number.
    pub(super) marks: Arc<Vec<AtomicI64>>,
    /// Events the next statement takes: fewer while one at fault is looked for.
    pub(super) limit: usize,
    /// When `written` was last what `known` is.
    pub(super) even: Instant,
    /// Whether the model does well.
    pub(super) well: &'a Well,
    /// Whether this slot has said that it does.
    pub(super) said: bool,
}

/// What a step came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stepped {
    /// Went on.
    Applied,
    /// There was nothing to go on with.
    Idle,
    /// What it knows of the lease is no longer so.
    Fenced,
}

impl Slot<'_> {
    /// Works until it is fenced, an error, or `stop`; what is known is written before.
    pub(super) async fn run(
        &mut self,
        stop: &mut watch::Receiver<bool>,
    ) -> Result<(), ProjectionError> {
        let ended = self.work(stop).await;
        let flushed = self.flush().await;
        ended?;
        flushed.map(|_| ())
    }

    async fn work(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), ProjectionError> {
        let mut look = true;
        while !*stop.borrow() {
            if self.shared.is_paused(self.model.name()) != Some(false) {
                self.rest(stop).await?;
                continue;
            }
            let before = self.known;
            match self.step(self.shared.bound(self.model), look).await? {
                Stepped::Fenced => return Ok(()),
                Stepped::Applied => {
                    look = false;
                    self.gather(self.known - before).await;
                }
                Stepped::Idle => {
                    self.note_well().await?;
                    look = self.wait(stop).await;
                }
            }
            if self.due() && self.flush().await? == Stepped::Fenced {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Goes on up to this number, or until it is fenced.
    pub(super) async fn catch_up(&mut self, through: i64) -> Result<Stepped, ProjectionError> {
        while self.known < through {
            if self.step(through, true).await? == Stepped::Fenced {
                return Ok(Stepped::Fenced);
            }
        }
        self.flush().await
    }

    pub(super) fn publish(&mut self, known: i64) {
        self.known = known;
        if let Some(mark) = self.marks.get(usize::from(self.place.0)) {
            mark.store(known, Ordering::Release);
        }
        self.shared.publish_least(self.model, &self.marks);
    }

    /// Whether progress has stayed in memory for long enough.
    fn due(&self) -> bool {
        let ahead = self.known - self.written;
        ahead > LAZY_EVENTS || (ahead > 0 && self.even.elapsed() >= LAZY)
    }

    /// Writes how far the slot is.
    pub(super) async fn flush(&mut self) -> Result<Stepped, ProjectionError> {
        if self.known > self.written {
            let done = sqlx::query(include_str!("sql/flush.sql"))
                .bind(self.written)
                .bind(self.known)
                .bind(self.epoch)
                .execute(&mut *self.conn)
                .await?;
            if done.rows_affected() == 0 {
                return Ok(Stepped::Fenced);
            }
            self.written = self.known;
        }
        self.even = Instant::now();
        Ok(Stepped::Applied)
    }

    /// Notes that nothing stands in the way any more.
    pub(super) async fn note_well(&mut self) -> Result<(), ProjectionError> {
        if std::mem::replace(&mut self.said, true) || !self.well.one_more() {
            return Ok(());
        }
        let name = self.model.name();
        sqlx::query(include_str!("sql/clear_error.sql"))
            .bind(name)
            .execute(&mut *self.conn)
            .await?;
        metrics::gauge!("projection_failing_seconds", "projection" => name).set(0.0);
        Ok(())
    }

    /// Waits until there may be more; true when nobody has said so.
    async fn wait(&mut self, stop: &mut watch::Receiver<bool>) -> bool {
        if self.known == self.written {
            self.even = Instant::now();
        }
        let mut through = self.shared.tail.through();
        let unread = *through.borrow() < 0;
        let mut paused = self.paused();
        let known = self.known;
        let lasts = match (self.known > self.written, unread) {
            (true, _) => LAZY.saturating_sub(self.even.elapsed()),
            (false, true) => POLL,
            (false, false) => LOOK,
        };
        let more = async {
            // An error means that the process ends.
            let _ = through.wait_for(|it| *it > known || (*it < 0) != unread).await;
            self.shared.freed(self.model, known).await;
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => false,
            _ = paused.wait_for(|paused| *paused != Some(false)) => false,
            () = more => false,
            () = sleep(lasts) => self.known == self.written,
        }
    }

    /// Lets events come together behind so many, but not behind as many as a statement takes.
    async fn gather(&self, events: i64) {
        if let Some(wanted) = self.shared.wanted.get(self.model.name())
            && events >= MANY
            && events < BATCH as i64
        {
            // Time that is over is what is usual.
            let _ = timeout(GATHER, wanted.subscribe().wait_for(|count| *count > 0)).await;
        }
    }

    fn paused(&self) -> watch::Receiver<Option<bool>> {
        let known = self.shared.paused.get(self.model.name());
        known.map_or_else(|| watch::channel(Some(false)).1, watch::Sender::subscribe)
    }

    /// Holds the lease and does nothing, until somebody says to go on.
    async fn rest(&mut self, stop: &mut watch::Receiver<bool>) -> Result<(), ProjectionError> {
        self.flush().await?;
        let mut paused = self.paused();
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => {}
            // A time-out is the time to see whether the connection lives.
            _ = timeout(LOOK, paused.wait_for(|paused| *paused == Some(false))) => {}
        }
        Ok(self.conn.ping().await?)
    }
}
