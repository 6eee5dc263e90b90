//! Rebuild: a model's tables filled anew from the log, beside the live ones, compared, swapped in.
//!
//! Live traffic goes on meanwhile; it is held for the last few events alone. A rebuild is a job, a
//! row that says how far it is: one that was cancelled or killed leaves the live tables as they were,
//! and can go on where it stopped. What it replaced stays for a day, to go back to. Called by the
//! replay tools, by the API's worker, and by the runner when the program has another version of a
//! model than the database.

mod fill;
mod follow;
mod goal;
mod inline;
mod job;
pub mod jobs;
mod keep;
mod live;
mod logged;
mod marks;
pub mod old;
mod poison;
mod swap;
mod tally;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::Arc;

use journal::Journal;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;
use uuid::Uuid;

use crate::dead_letters;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, Lock};
use crate::session;

pub(crate) use fill::types;
pub use job::{Job, JobState};

/// What stands for the digest of tables that cannot be compared.
pub const NONE: &str = "none";
/// How many fill side by side when nobody says.
pub const WORKERS: usize = 4;
/// How many at most.
pub const WORKERS_MAX: usize = 64;

/// Where a rebuild begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Begin {
    /// At the beginning; one that was interrupted is given up.
    Anew,
    /// Where the model's last rebuild stopped.
    Resume,
    /// Where this job stands.
    Job(Uuid),
}

/// How a rebuild is to be done.
#[derive(Debug, Clone)]
pub struct Order {
    /// Where it begins.
    pub begin: Begin,
    /// How many fill side by side; a job that goes on has its own number.
    pub workers: usize,
    /// For people: who wants it.
    pub requested_by: String,
    /// Ends it when it turns true, as cancelling the job does.
    pub stop: watch::Receiver<bool>,
}

/// What a rebuild did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RebuildReport {
    /// The model.
    pub name: &'static str,
    /// Its job.
    pub job: Uuid,
    /// Events it was made from.
    pub events: i64,
    /// Rows it had right before the swap.
    pub rows: i64,
    /// Of the tables it had; `none` when there were none that could be compared.
    pub digest_before: String,
    /// Of the tables it has now, made from the same events.
    pub digest_after: String,
    /// What was odd: why it began anew, or where the live tables stood.
    pub note: Option<String>,
}

impl RebuildReport {
    /// Whether the live tables were right; none when there was nothing to compare.
    pub fn equal(&self) -> Option<bool> {
        (self.digest_before != NONE).then(|| self.digest_before == self.digest_after)
    }
}

/// What all parts of a rebuild work on.
#[derive(Debug, Clone)]
struct Site {
    journal: Journal,
    options: PgConnectOptions,
    model: Arc<dyn ReadModel>,
    /// The events that people have left out of the view for good.
    left_out: Arc<BTreeSet<i64>>,
    tally: Arc<tally::Tally>,
}

/// Rebuilds a model from the beginning; `progress` hears how many events are done, of how many.
/// `options` log in.
///
/// # Errors
/// Another rebuild of the model, an event this version cannot apply, the database.
pub async fn rebuild(
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
    progress: impl FnMut(i64, i64) + Send,
) -> Result<RebuildReport, ProjectionError> {
    let (_running, stop) = watch::channel(false);
    let requested_by = "annals".to_owned();
    let order = Order { begin: Begin::Anew, workers: WORKERS, requested_by, stop };
    rebuild_as(journal, options, model, order, progress).await
}

/// The same as ordered. Dropped, or killed, it can be resumed; so it can after most errors.
///
/// # Errors
/// As [`rebuild`]; besides that it was cancelled, or that there is nothing to resume.
pub async fn rebuild_as(
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
    order: Order,
    mut progress: impl FnMut(i64, i64) + Send,
) -> Result<RebuildReport, ProjectionError> {
    let mut control = session::open(options, "read").await?;
    if !schema::try_lock(&mut control, Lock::Rebuild, model.name()).await? {
        return Err(ProjectionError::Busy(model.name()));
    }
    let done = alone(&mut control, journal, options, model, order, &mut progress).await;
    free(control, model.name()).await;
    done
}

/// Ends what held the lock. Said to the server, which notices a closed connection only later: whoever
/// asks as soon as this is over would find the lock taken.
async fn free(mut control: PgConnection, model: &str) {
    // A connection that is lost has lost the lock as well.
    if schema::unlock(&mut control, Lock::Rebuild, model).await.is_ok() {
        let _ = control.close().await;
    }
}

/// With the lock held.
async fn alone(
    control: &mut PgConnection,
    journal: &Journal,
    options: &PgConnectOptions,
    model: &Arc<dyn ReadModel>,
    order: Order,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<RebuildReport, ProjectionError> {
    let job = jobs::begin(control, model.as_ref(), &order).await?;
    let site = Site {
        journal: journal.clone(),
        options: options.clone(),
        model: Arc::clone(model),
        left_out: Arc::new(dead_letters::left_out(control, model.name()).await?),
        tally: Arc::new(tally::Tally::of(&job)),
    };
    let done = run(control, &site, &job, order.stop, progress).await;
    if let Err(error) = &done {
        jobs::end(control, &job, &site.tally.now(), error).await?;
    }
    done
}

async fn run(
    control: &mut PgConnection,
    site: &Site,
    job: &Job,
    stop: watch::Receiver<bool>,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<RebuildReport, ProjectionError> {
    // Dropping what fills is safe at any point, as a kill is; the swap is not interrupted.
    let report = if site.model.is_inline() {
        let made = tokio::select! {
            made = inline::make(site, job) => made?,
            stopped = keep::keep(control, site, job, stop, progress) => return Err(stopped),
        };
        inline::swap(control, site, job, made).await?
    } else {
        let made = tokio::select! {
            made = logged::make(site, job) => made?,
            stopped = keep::keep(control, site, job, stop, progress) => return Err(stopped),
        };
        logged::swap(control, site, job, made).await?
    };
    progress(report.events, report.events);
    Ok(report)
}
