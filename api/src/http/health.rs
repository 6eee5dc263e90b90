//! Health and metrics: for machines that watch over this one.
//!
//! Live: the process answers. Ready: it can do its job: the database answers, the log follows the
//! events, the views follow the log, and it is not about to stop.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::get;
use metrics_exporter_prometheus::PrometheusHandle;
use projections::runner::{ProjectionStatus, status};
use serde_json::json;
use sqlx::PgPool;
use tokio::sync::watch;

use crate::boot::App;

/// A view may be this far behind, in seconds, before we are not ready.
const LAG_MAX: f64 = 60.0;

#[derive(Clone)]
struct Watched {
    reads: PgPool,
    metrics: Option<PrometheusHandle>,
    stopping: watch::Receiver<bool>,
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
        .with_state(Watched { reads: app.reads.clone(), metrics, stopping })
}

async fn ready(State(watched): State<Watched>) -> Response {
    if *watched.stopping.borrow() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping\n").into_response();
    }
    let Ok(views) = status(&watched.reads).await else {
        return (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response();
    };
    // One that somebody has stopped is what they wanted, and no reason to send people elsewhere.
    let late = |view: &&ProjectionStatus| {
        view.paused.is_none() && (view.lag_seconds > LAG_MAX || view.last_error.is_some())
    };
    let behind: Vec<_> = views
        .iter()
        .filter(late)
        .map(|view| json!({"name": view.name, "lag": view.lag_events}))
        .collect();
    let code = if behind.is_empty() { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(json!({"ready": behind.is_empty(), "behind": behind}))).into_response()
}

async fn metrics_text(State(watched): State<Watched>) -> Response {
    match &watched.metrics {
        Some(handle) => handle.render().into_response(),
        None => (StatusCode::NOT_FOUND, "metrics are rendered elsewhere\n").into_response(),
    }
}
