//! Publishes as metrics how settling is doing, and warns of whoever holds it up.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use super::status::{Holder, JournalStatus, status};
use crate::journal::Journal;

const EVERY: Duration = Duration::from_secs(2);
/// A fence older than this is worth a warning.
const OLD: f64 = 5.0;
/// How often the same holder is warned of.
const REMIND: Duration = Duration::from_secs(60);

/// Runs for ever.
pub(super) async fn watch(journal: &Journal) {
    let mut warned: Option<(Holder, Instant)> = None;
    loop {
        match status(journal.pool()).await {
            Ok(status) => {
                publish(&status);
                warn(&status, &mut warned);
            }
            Err(error) => tracing::warn!(%error, "settling cannot be measured"),
        }
        sleep(EVERY).await;
    }
}

#[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
fn publish(status: &JournalStatus) {
    let holder = status.holder.as_ref().and_then(|holder| holder.pid).unwrap_or(0);
    metrics::gauge!("journal_head").set(status.head as f64);
    metrics::gauge!("journal_unsettled_events").set(status.unsettled as f64);
    metrics::gauge!("journal_settle_lag_seconds").set(status.unsettled_seconds);
    metrics::gauge!("journal_fence_age_seconds").set(status.fence_age_seconds);
    metrics::gauge!("journal_fence_holder_pid").set(f64::from(holder));
    metrics::gauge!("journal_epoch").set(status.epoch as f64);
}

fn warn(status: &JournalStatus, warned: &mut Option<(Holder, Instant)>) {
    let Some(holder) = status.holder.as_ref().filter(|_| status.fence_age_seconds > OLD) else {
        *warned = None;
        return;
    };
    if warned.as_ref().is_some_and(|(known, at)| known == holder && at.elapsed() < REMIND) {
        return;
    }
    *warned = Some((holder.clone(), Instant::now()));
    tracing::warn!(
        pid = holder.pid,
        database = holder.database,
        application = holder.application,
        prepared = holder.prepared,
        seconds = status.fence_age_seconds,
        "an open transaction holds up the order of new events"
    );
}
