//! The task that keeps one model.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::Shared;
use super::backoff::Backoff;
use super::lease::{Lease, Stepped};
use crate::error::ProjectionError;
use crate::model::ReadModel;

/// Events a statement, at most.
const BATCH: i64 = 1_000;
/// How often the log is looked at without any signal.
const POLL: Duration = Duration::from_millis(200);
/// How often a halted model is tried again: somebody may have repaired what it failed at.
const HALTED: Duration = Duration::from_secs(5);

/// Runs until `stop` turns true.
pub(super) async fn keep(
    shared: Arc<Shared>,
    model: Arc<dyn ReadModel>,
    mut stop: watch::Receiver<bool>,
) {
    let mut backoff = Backoff::default();
    while !*stop.borrow() {
        let pause = tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            pause = lead(&shared, model.as_ref(), &mut backoff) => pause,
        };
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(pause) => {}
        }
    }
}

/// Keeps the model for as long as that goes well; answers how long to wait before the next try.
async fn lead(shared: &Shared, model: &dyn ReadModel, backoff: &mut Backoff) -> Duration {
    let name = model.name();
    match apply_all(shared, model, backoff).await {
        Ok(()) => {
            tracing::warn!(projection = name, "another process took the lease over");
            backoff.next()
        }
        Err(error) if error.is_transient() => {
            tracing::warn!(projection = name, %error, "the projection has to wait");
            backoff.next()
        }
        Err(error) => {
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
    }
}

/// Returns when somebody else has the lease.
async fn apply_all(
    shared: &Shared,
    model: &dyn ReadModel,
    backoff: &mut Backoff,
) -> Result<(), ProjectionError> {
    let mut lease = Lease::take(shared, model).await?;
    let mut head = shared.journal.head();
    let mut limit = BATCH;
    let mut well = false;
    loop {
        match lease.step(limit).await {
            Ok(Stepped::Fenced) => return Ok(()),
            Ok(stepped) => {
                backoff.reset();
                // A step of one event may stand before the one that fails.
                if !well && limit == BATCH {
                    lease.clear_error().await?;
                    well = true;
                }
                limit = (limit * 2).min(BATCH);
                if stepped == Stepped::Idle {
                    let known = lease.applied_through();
                    tokio::select! {
                        _ = head.wait_for(|head| *head > known) => {}
                        () = sleep(POLL) => {}
                    }
                }
            }
            // One event of many is at fault: those before it can still be applied.
            Err(error) if !error.is_transient() && limit > 1 => {
                tracing::debug!(%error, "going on event by event");
                limit = 1;
            }
            Err(error) => return Err(error),
        }
    }
}
