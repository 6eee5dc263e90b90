//! The runner: keeps every read model up with the log, and tells how far each one is.
//!
//! The log's end is read and opened once a process, for all models. Each model has a task, or one a
//! slot. Several processes may run at once: a model is kept by whoever has its lease (a session
//! advisory lock, and epochs that each write compares, so that one who lost the lease without
//! knowing can write no more); the others watch. It wakes by the journal's signal, which LISTEN
//! feeds from other processes, and looks by itself now and then. A model may have to stay behind
//! others: it follows them, wherever they are kept. Not the rebuild, and not the
//! decisions about what could not be applied. Started by the API.

mod backoff;
mod control;
mod lease;
mod listen;
mod monitor;
mod order;
pub mod pause;
mod prepare;
mod slot;
mod status;
mod step;
mod tail;
#[cfg(test)]
mod tests;
mod waiter;
mod well;
mod work;

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio::task::JoinSet;

use self::tail::Tail;
use crate::dead_letters::DeadLetters;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::rebuild::old;

pub use status::{PausedBy, ProjectionStatus, RunnerState, status};
pub use waiter::{Position, Stale, Waiter};

/// Keeps read models.
#[derive(Debug)]
pub struct Runner {
    shared: Arc<Shared>,
}

/// What its tasks and waiters share.
#[derive(Debug)]
struct Shared {
    journal: Journal,
    options: PgConnectOptions,
    models: Vec<Arc<dyn ReadModel>>,
    /// How far each model is, as far as this process knows; inline models are not here.
    applied: HashMap<&'static str, watch::Sender<i64>>,
    /// How many events this process has brought each model further.
    done: HashMap<&'static str, AtomicU64>,
    /// Whether somebody has stopped each model; none while that is not known yet.
    paused: HashMap<&'static str, watch::Sender<Option<bool>>>,
    /// Whether this process keeps each model.
    kept: HashMap<&'static str, AtomicBool>,
    /// How many wait for each model.
    wanted: HashMap<&'static str, watch::Sender<usize>>,
    /// The end of the log, read once for all.
    tail: Tail,
    /// Since when this process has seen a model behind the log; none while none is.
    behind_since: Mutex<Option<Instant>>,
}

impl Runner {
    /// `options` log in; the role is taken on afterwards.
    pub fn new(
        journal: Journal,
        options: PgConnectOptions,
        models: Vec<Arc<dyn ReadModel>>,
    ) -> Self {
        let kept: Vec<&'static str> =
            models.iter().filter(|model| !model.is_inline()).map(|model| model.name()).collect();
        Self {
            shared: Arc::new(Shared {
                journal,
                options,
                models,
                applied: kept.iter().map(|name| (*name, watch::Sender::new(0))).collect(),
                done: kept.iter().map(|name| (*name, AtomicU64::new(0))).collect(),
                paused: kept.iter().map(|name| (*name, watch::Sender::new(None))).collect(),
                kept: kept.iter().map(|name| (*name, AtomicBool::new(false))).collect(),
                wanted: kept.iter().map(|name| (*name, watch::Sender::new(0))).collect(),
                tail: Tail::default(),
                behind_since: Mutex::default(),
            }),
        }
    }

    /// Makes the schemas that are missing, and rebuilds models that this program has in another
    /// version than the database. Has to be done before the first append. Processes that start at
    /// once do it one after the other.
    pub async fn prepare(&self) -> Result<(), ProjectionError> {
        prepare::prepare(&self.shared).await
    }

    /// Runs until `stop` turns true; survives lost connections, halts no model for another's error.
    pub async fn run(self: Arc<Self>, stop: watch::Receiver<bool>) {
        let mut tasks = JoinSet::new();
        for model in self.shared.models.iter().filter(|model| !model.is_inline()) {
            tasks.spawn(work::keep(Arc::clone(&self.shared), Arc::clone(model), stop.clone()));
        }
        tasks.spawn(tail::read(Arc::clone(&self.shared), stop.clone()));
        tasks.spawn(control::control(Arc::clone(&self.shared), stop.clone()));
        tasks.spawn(listen::listen(Arc::clone(&self.shared), stop.clone()));
        tasks.spawn(monitor::monitor(Arc::clone(&self.shared), stop.clone()));
        let models = self.shared.models.clone();
        tasks.spawn(old::keep(self.shared.options.clone(), models, stop));
        while let Some(ended) = tasks.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "a task of the projection runner died");
            }
        }
    }

    /// Decides about events that could not be applied.
    pub fn dead_letters(&self) -> DeadLetters {
        DeadLetters::new(self.shared.journal.clone(), self.shared.options.clone())
    }

    /// Waits for models on behalf of readers.
    pub fn waiter(&self) -> Waiter {
        Waiter::new(Arc::clone(&self.shared))
    }
}

impl Shared {
    /// For how long it has been so, when `behind` is what is seen now.
    fn behind_for(&self, behind: bool) -> Duration {
        // One instant: a panic elsewhere leaves nothing half done in it.
        let mut since = self.behind_since.lock().unwrap_or_else(PoisonError::into_inner);
        if !behind {
            *since = None;
            return Duration::ZERO;
        }
        since.get_or_insert_with(Instant::now).elapsed()
    }

    fn publish(&self, model: &dyn ReadModel, applied_through: i64) {
        if let Some(applied) = self.applied.get(model.name()) {
            applied.send_if_modified(|known| {
                let changed = *known != applied_through;
                *known = applied_through;
                changed
            });
        }
    }

    /// Nobody knows how far the model is, until somebody looks.
    fn forget(&self, model: &dyn ReadModel) {
        self.publish(model, 0);
    }

    /// Publishes how far the slot is that is least far.
    fn publish_least(&self, model: &dyn ReadModel, slots: &[AtomicI64]) {
        let Some(applied) = self.applied.get(model.name()) else { return };
        applied.send_if_modified(|known| {
            // Read here, where one slot comes after the other.
            let least = slots.iter().map(|slot| slot.load(Ordering::Acquire)).min();
            let before = std::mem::replace(known, least.unwrap_or(*known));
            self.count(model.name(), known.saturating_sub(before));
            *known != before
        });
    }

    fn count(&self, model: &'static str, events: i64) {
        let events = u64::try_from(events).unwrap_or(0);
        if let Some(done) = self.done.get(model) {
            done.fetch_add(events, Ordering::Relaxed);
        }
        metrics::counter!("projection_applied_total", "projection" => model).increment(events);
    }

    /// Whether this process keeps the model.
    fn keeps(&self, model: &str) -> bool {
        self.kept.get(model).is_some_and(|kept| kept.load(Ordering::Relaxed))
    }

    fn set_kept(&self, model: &str, now: bool) {
        if let Some(kept) = self.kept.get(model) {
            kept.store(now, Ordering::Relaxed);
        }
    }

    /// Whether somebody has stopped the model, as far as this process knows.
    fn is_paused(&self, model: &str) -> Option<bool> {
        self.paused.get(model).and_then(|paused| *paused.borrow())
    }
}
