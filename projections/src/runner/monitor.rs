//! Publishes as metrics how far each model is, and notes how fast this process brings it on.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::time::sleep;

use super::{Shared, status};

const EVERY: Duration = Duration::from_secs(2);

/// Runs until `stop` turns true.
pub(super) async fn monitor(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut speed = Speed { since: Instant::now(), done: HashMap::new(), noted: HashMap::new() };
    loop {
        if let Err(error) = speed.note(&shared).await {
            tracing::debug!(%error, "the projections' speed cannot be noted");
        }
        match status(shared.journal.pool()).await {
            Ok(all) => all.into_iter().for_each(publish),
            Err(error) => tracing::warn!(%error, "the projections cannot be measured"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(EVERY) => {}
        }
    }
}

/// What was measured and noted last, by model.
#[derive(Debug)]
struct Speed {
    since: Instant,
    done: HashMap<&'static str, u64>,
    noted: HashMap<&'static str, f64>,
}

impl Speed {
    /// Only what has changed: a process that keeps no model says nothing about it.
    #[expect(clippy::cast_precision_loss, reason = "a speed needs no more than 52 bits")]
    async fn note(&mut self, shared: &Shared) -> Result<(), sqlx::Error> {
        let passed = self.since.elapsed().as_secs_f64();
        self.since = Instant::now();
        let (mut names, mut rates) = (Vec::new(), Vec::new());
        for (name, done) in &shared.done {
            let done = done.load(Ordering::Relaxed);
            let before = self.done.insert(name, done).unwrap_or(0);
            let rate = ((done - before) as f64 / passed.max(0.001)).round();
            if self.noted.insert(name, rate).unwrap_or(0.0) != rate {
                names.push(*name);
                rates.push(rate);
            }
        }
        if !names.is_empty() {
            sqlx::query(include_str!("sql/note_rates.sql"))
                .bind(names)
                .bind(rates)
                .execute(shared.journal.pool())
                .await?;
        }
        Ok(())
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
fn publish(status: super::ProjectionStatus) {
    let (lag, parked) = (status.lag_events as f64, status.parked as f64);
    metrics::gauge!("projection_lag_events", "projection" => status.name.clone()).set(lag);
    metrics::gauge!("projection_parked", "projection" => status.name.clone()).set(parked);
    metrics::gauge!("projection_lag_seconds", "projection" => status.name).set(status.lag_seconds);
}
