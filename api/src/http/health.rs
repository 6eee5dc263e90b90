//! Health and metrics: for machines that watch over this one.
//!
//! Live: the process answers. Ready: it can do its job: the database answers, the log follows the
//! events, the views follow the log, and it is not about to stop. A log that lags and grows is at
//! work; one that lags and stands still is not.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use journal::JournalStatus;
use metrics_exporter_prometheus::PrometheusHandle;
use projections::runner::{ProjectionStatus, status};
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::watch;
use tokio::time::timeout;

use crate::boot::{Alarms, App};

/// A view may be this far behind, in seconds, before we are not ready.
const LAG_MAX: f64 = 60.0;
/// The log may stand still this long while events wait for their numbers.
const STALL_MAX: Duration = Duration::from_secs(60);

/// A database that takes longer to say how it is does not answer: whoever asks has no patience.
const PATIENCE: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct Watched {
    reads: PgPool,
    alarms: Alarms,
    metrics: Option<PrometheusHandle>,
    stopping: watch::Receiver<bool>,
    stall: Arc<Mutex<Stall>>,
}

/// The log standing still while events wait, as far as somebody has looked.
#[derive(Debug, Default)]
struct Stall {
    head: i64,
    since: Option<Instant>,
}

impl Stall {
    /// For how long it has by now.
    fn lasts(&mut self, status: &JournalStatus, now: Instant) -> Duration {
        if status.unsettled == 0 || status.head != self.head {
            self.since = None;
        }
        self.head = status.head;
        match (self.since, status.unsettled) {
            (_, 0) => Duration::ZERO,
            (Some(since), _) => now.duration_since(since),
            (None, _) => {
                self.since = Some(now);
                Duration::ZERO
            }
        }
    }
}

pub(super) fn routes(
    app: &App,
    metrics: Option<PrometheusHandle>,
    stopping: watch::Receiver<bool>,
) -> Router {
    Router::new()
        .route("/health/live", get(async || "live\n"))
        .route("/health/ready", get(ready))
        .route("/metrics", get(metrics_text))
        .with_state(Watched {
            reads: app.reads.clone(),
            alarms: app.alarms.clone(),
            metrics,
            stopping,
            stall: Arc::default(),
        })
}

async fn ready(State(watched): State<Watched>) -> Response {
    if *watched.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let asked = async {
        let views = status(&watched.reads).await.ok()?;
        Some((views, journal::sequencer::status(&watched.reads).await.ok()?))
    };
    let Ok(Some((views, log))) = timeout(PATIENCE, asked).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response();
    };
    let stalled = watched
        .stall
        .lock()
        // A number and an instant: whatever stands there will do.
        .unwrap_or_else(PoisonError::into_inner)
        .lasts(&log, Instant::now());
    // One that somebody has stopped is what they wanted, and no reason to send people elsewhere.
    let late = |view: &&ProjectionStatus| {
        view.paused.is_none() && (view.lag_seconds > LAG_MAX || view.last_error.is_some())
    };
    let behind: Vec<_> = views
        .iter()
        .filter(late)
        .map(|view| json!({"name": view.name, "lag": view.lag_events}))
        .collect();
    let ready = behind.is_empty() && stalled <= STALL_MAX;
    let code = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let signed = json!({
        "size": log.published,
        "age_seconds": log.published_seconds,
        "unsigned": log.head - log.published,
    });
    // Tickets go on without it: for people to look into, and no reason to send anybody elsewhere.
    let alarm = watched.alarms.unsigned.borrow().clone();
    let missing = *watched.alarms.missing.borrow();
    let said = json!({
        "ready": ready,
        "behind": behind,
        "unsettled": log.unsettled,
        "signed": signed,
        "alarm": alarm,
        "receipts_missing": missing,
    });
    (code, Json(said)).into_response()
}

async fn metrics_text(State(watched): State<Watched>) -> Response {
    match &watched.metrics {
        Some(handle) => handle.render().into_response(),
        None => (StatusCode::NOT_FOUND, "metrics are rendered elsewhere\n").into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// For how many seconds the log stands still at each of these looks: second, head, unsettled.
    fn lasts(looks: &[(u64, i64, i64)]) -> Vec<u64> {
        let begun = Instant::now();
        let mut stall = Stall::default();
        let mut look = |&(second, head, unsettled): &(u64, i64, i64)| {
            let status = JournalStatus {
                head,
                unsettled,
                unsettled_seconds: 500.0,
                fence_age_seconds: 0.0,
                holder: None,
                published: 0,
                published_seconds: 0.0,
                leader_pid: None,
                epoch: 1,
            };
            stall.lasts(&status, begun + Duration::from_secs(second)).as_secs()
        };
        looks.iter().map(&mut look).collect()
    }

    #[test]
    fn a_log_that_stands_still_while_events_wait_is_stalled_for_as_long_as_that_is_seen() {
        assert_eq!(lasts(&[(0, 5, 1), (30, 5, 2), (61, 5, 9)]), [0, 30, 61]);
    }

    #[test]
    fn a_log_that_grows_or_has_nothing_to_number_is_not_stalled() {
        assert_eq!(lasts(&[(0, 5, 1), (50, 6, 9), (100, 7, 9)]), [0; 3]);
        assert_eq!(lasts(&[(0, 5, 0), (500, 5, 0), (510, 5, 3), (520, 5, 0)]), [0; 4]);
        assert_eq!(lasts(&[(0, 5, 1), (40, 5, 0), (50, 5, 1), (90, 5, 1)]), [0, 0, 0, 40]);
    }
}
