//! Publishes as metrics how far each model is.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

use super::{Shared, status};

const EVERY: Duration = Duration::from_secs(2);

/// Runs until `stop` turns true.
pub(super) async fn monitor(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    loop {
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

#[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
fn publish(status: super::ProjectionStatus) {
    let lag = status.lag_events as f64;
    metrics::gauge!("projection_lag_events", "projection" => status.name.clone()).set(lag);
    metrics::gauge!("projection_lag_seconds", "projection" => status.name).set(status.lag_seconds);
}
