//! Keeps the job's row while others fill, and listens whether somebody wants it to stop.

use std::convert::Infallible;
use std::time::{Duration, Instant};

use sqlx::{PgConnection, Row};
use tokio::sync::watch;
use tokio::time::sleep;

use super::tally::Counts;
use super::{Job, Site};
use crate::error::ProjectionError;

/// How often.
const EVERY: Duration = Duration::from_millis(200);

/// Returns when the rebuild has to stop, and why.
pub(super) async fn keep(
    control: &mut PgConnection,
    site: &Site,
    job: &Job,
    mut stop: watch::Receiver<bool>,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> ProjectionError {
    let told = async {
        // A sender that is gone can tell nothing any more.
        if stop.wait_for(|stop| *stop).await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    tokio::select! {
        () = told => ProjectionError::Cancelled(site.model.name()),
        failed = write(control, site, job, progress) => match failed {
            Ok(never) => match never {},
            Err(error) => error,
        },
    }
}

async fn write(
    control: &mut PgConnection,
    site: &Site,
    job: &Job,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<Infallible, ProjectionError> {
    let begun = Instant::now();
    let mut first = None;
    loop {
        sleep(EVERY).await;
        let counts = site.tally.now();
        let base = *first.get_or_insert(counts.done.min(job.done));
        progress(counts.done, counts.total);
        if note(control, job, &counts, rate(counts.done - base, begun.elapsed())).await? {
            return Err(ProjectionError::Cancelled(site.model.name()));
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a rate needs no more than 52 bits")]
fn rate(events: i64, spent: Duration) -> f64 {
    events.max(0) as f64 / spent.as_secs_f64()
}

/// Whether it is to be cancelled.
async fn note(
    control: &mut PgConnection,
    job: &Job,
    counts: &Counts,
    rate: f64,
) -> Result<bool, ProjectionError> {
    let row = sqlx::query(include_str!("sql/note.sql"))
        .bind(job.id)
        .bind(&counts.filled_to)
        .bind(counts.done)
        .bind(counts.total)
        .bind(rate)
        .fetch_one(control)
        .await?;
    Ok(row.try_get("cancelling")?)
}
