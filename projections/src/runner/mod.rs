//! The runner: keeps every read model up with the log, and tells how far each one is.
//!
//! One task a model. Several processes may run at once: a model is kept by whoever has its lease
//! (a session advisory lock, and an epoch that each write compares, so that one who lost the lease
//! without knowing can write no more); the others watch. It wakes by the journal's signal, which
//! LISTEN feeds from other processes, and looks by itself now and then. Started by the API.

mod backoff;
mod lease;
mod listen;
mod monitor;
mod prepare;
mod status;
#[cfg(test)]
mod tests;
mod waiter;
mod work;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::rebuild::old;

pub use status::{ProjectionStatus, RunnerState, status};
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
        let applied = models
            .iter()
            .filter(|model| !model.is_inline())
            .map(|model| (model.name(), watch::Sender::new(0)))
            .collect();
        Self {
            shared: Arc::new(Shared {
                journal,
                options,
                models,
                applied,
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
}
