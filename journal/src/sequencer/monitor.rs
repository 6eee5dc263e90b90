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
    metrics::gauge!("journal_unpublished_events").set((status.head - status.published) as f64);
    metrics::gauge!("journal_checkpoint_age_seconds").set(status.published_seconds);
    metrics::gauge!("journal_epoch").set(status.epoch as f64);
}

fn warn(status: &JournalStatus, warned: &mut Option<(Holder, Instant)>) {
    let Some(holder) = due(status, warned, Instant::now()) else { return };
    tracing::warn!(
        pid = holder.pid,
        database = holder.database,
        application = holder.application,
        prepared = holder.prepared,
        seconds = status.fence_age_seconds,
        "an open transaction holds up the order of new events"
    );
}

/// Whom to warn of now, and have warned of.
fn due<'s>(
    status: &'s JournalStatus,
    warned: &mut Option<(Holder, Instant)>,
    now: Instant,
) -> Option<&'s Holder> {
    let Some(holder) = status.holder.as_ref().filter(|_| status.fence_age_seconds > OLD) else {
        *warned = None;
        return None;
    };
    let is_known = |(known, at): &(Holder, Instant)| known == holder && now - *at < REMIND;
    if warned.as_ref().is_some_and(is_known) {
        return None;
    }
    *warned = Some((holder.clone(), now));
    Some(holder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(seconds: f64, pid: i32) -> JournalStatus {
        let (database, application) = (Some("annals".to_owned()), None);
        JournalStatus {
            head: 1,
            unsettled: 1,
            unsettled_seconds: seconds,
            fence_age_seconds: seconds,
            holder: Some(Holder { pid: Some(pid), database, application, prepared: false }),
            published: 0,
            published_seconds: 0.0,
            leader_pid: None,
            epoch: 1,
        }
    }

    #[test]
    fn t11_whoever_holds_up_the_order_is_told_within_ten_seconds_and_every_minute() {
        assert!(Duration::from_secs_f64(OLD) + EVERY <= Duration::from_secs(10));
        let (mut warned, begun) = (None, Instant::now());
        let mut is_due = |seconds: u32, pid| {
            let status = held(f64::from(seconds) + 0.1, pid);
            due(&status, &mut warned, begun + Duration::from_secs(seconds.into())).is_some()
        };
        let told = [4, 5, 6, 64, 65].map(|seconds| is_due(seconds, 1));
        assert_eq!(told, [false, true, false, false, true]);
        assert!(is_due(66, 2), "somebody else");
        assert!(!is_due(1, 2) && is_due(67, 2), "it began anew");
    }
}
