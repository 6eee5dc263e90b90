//! The task that keeps one model.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::Shared;
use super::backoff::Backoff;
use super::lease::Lease;
use super::well::Well;
use crate::error::ProjectionError;
use crate::model::ReadModel;

/// How often a halted model is tried again: somebody may have repaired what it failed at.
const HALTED: Duration = Duration::from_secs(5);
/// How long what is under way may take when the process stops.
const GRACE: Duration = Duration::from_secs(2);
/// A model that could not be kept for this long is worth waking somebody for.
const ALARM: Duration = Duration::from_secs(60);

/// How long a model has not been kept.
#[derive(Debug, Default)]
struct Trouble {
    backoff: Backoff,
    since: Option<Instant>,
    alarmed: bool,
}

/// Runs until `stop` turns true.
pub(super) async fn keep(
    shared: Arc<Shared>,
    model: Arc<dyn ReadModel>,
    mut stop: watch::Receiver<bool>,
) {
    let mut trouble = Trouble::default();
    while !*stop.borrow() {
        let mut stopping = stop.clone();
        let ending = async { stopping.wait_for(|stop| *stop).await.is_ok() };
        let work = lead(&shared, model.as_ref(), stop.clone(), &mut trouble);
        tokio::pin!(work);
        let pause = tokio::select! {
            pause = &mut work => pause,
            _ = ending => {
                // What is not written by then is done again by whoever comes next.
                let _ = timeout(GRACE, work).await;
                return;
            }
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(pause) => {}
        }
    }
}

/// Keeps the model for as long as that goes well; answers how long to wait before the next try.
async fn lead(
    shared: &Shared,
    model: &dyn ReadModel,
    stop: watch::Receiver<bool>,
    trouble: &mut Trouble,
) -> Duration {
    let name = model.name();
    let well = Well::unknown();
    let Err(error) = keep_on(shared, model, stop, &well).await else { return Duration::ZERO };
    if well.is_so() {
        *trouble = Trouble::default();
    }
    trouble.go_on(name);
    if error.is_transient() {
        // A server that has crashed may come back with less: nobody trusts what was heard before.
        shared.forget(model);
        tracing::warn!(projection = name, %error, "the projection has to wait");
        return trouble.backoff.next();
    }
    tracing::error!(projection = name, %error, "the projection halts");
    let noted = sqlx::query(include_str!("sql/note_error.sql"))
        .bind(name)
        .bind(error.to_string())
        .execute(shared.journal.pool())
        .await;
    if noted.is_err() {
        tracing::warn!(projection = name, "the error could not be noted");
    }
    HALTED
}

/// Returns when the process stops.
async fn keep_on(
    shared: &Shared,
    model: &dyn ReadModel,
    mut stop: watch::Receiver<bool>,
    well: &Well,
) -> Result<(), ProjectionError> {
    let mut ending = stop.clone();
    let mut lease = tokio::select! {
        lease = Lease::take(shared, model) => lease?,
        _ = ending.wait_for(|stop| *stop) => return Ok(()),
    };
    while !*stop.borrow() {
        // Whoever raised the epochs meanwhile was done at once, or the connection is lost, which the
        // next statement says.
        lease.keep(&mut stop, well).await?;
    }
    Ok(())
}

impl Trouble {
    /// It goes on; says so by its age.
    fn go_on(&mut self, name: &'static str) {
        let age = self.since.get_or_insert_with(Instant::now).elapsed();
        metrics::gauge!("projection_failing_seconds", "projection" => name).set(age.as_secs_f64());
        if age >= ALARM && !std::mem::replace(&mut self.alarmed, true) {
            tracing::error!(projection = name, seconds = age.as_secs(), "not kept for too long");
        }
    }
}
