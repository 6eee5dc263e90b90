//! Rebuilds of read models that somebody asked for, and those whose server died.
//!
//! One at a time, by whoever has the lease: each fills with several workers of its own. A server that
//! stops leaves its job where it is, and the next one goes on.

use std::sync::Arc;
use std::time::Duration;

use journal::Journal;
use projections::rebuild::{Begin, Job, Order, jobs};
use projections::worker::WorkerLease;
use projections::{ProjectionError, ReadModel, read_models, rebuild_as};
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;

use super::WorkerError;
use super::lease::Worker;

/// How often is looked whether somebody wants one.
const ROUND: Duration = Duration::from_millis(500);

/// The worker.
#[derive(Debug)]
pub(crate) struct Rebuilding {
    journal: Journal,
    login: PgConnectOptions,
}

impl Rebuilding {
    /// `login` opens the connections of a rebuild.
    pub(crate) fn new(journal: Journal, login: PgConnectOptions) -> Self {
        Self { journal, login }
    }

    async fn rebuild(&self, model: &Arc<dyn ReadModel>, job: &Job) -> Result<(), WorkerError> {
        // The whole round is dropped when the server stops.
        let (_running, stop) = watch::channel(false);
        let order = Order {
            begin: Begin::Job(job.id),
            workers: job.workers,
            requested_by: job.requested_by.clone(),
            stop,
        };
        tracing::info!(projection = model.name(), job = %job.id, "rebuilding");
        match rebuild_as(&self.journal, &self.login, model, order, |_, _| {}).await {
            Ok(report) => {
                let (events, equal) = (report.events, report.equal());
                tracing::info!(projection = report.name, events, ?equal, "rebuilt");
                Ok(())
            }
            // Somebody else was quicker, or wants no more of it.
            Err(ProjectionError::Busy(_) | ProjectionError::Cancelled(_)) => Ok(()),
            Err(error) if error.is_transient() => Err(error.into()),
            Err(error) => {
                tracing::error!(projection = model.name(), %error, "the rebuild failed");
                Ok(())
            }
        }
    }
}

impl Worker for Rebuilding {
    fn name(&self) -> &'static str {
        "rebuilding"
    }

    async fn round(&mut self, lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let models = read_models();
        for job in jobs::due(lease.conn()).await? {
            // Another version of the program may know models that this one does not.
            if let Some(model) = models.iter().find(|model| model.name() == job.projection) {
                self.rebuild(model, &job).await?;
                return Ok(Duration::ZERO);
            }
        }
        Ok(ROUND)
    }
}
