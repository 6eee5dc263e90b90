//! The server of a witness: one route, for whoever may have a log to show.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use domain::kernel::Clock;
use journal::tlog::witness::{Declined, LARGEST, SIZE_TYPE};
use journal::witness::{Witness, WitnessError};
use tokio::sync::Semaphore;
use tower_http::timeout::TimeoutLayer;

use crate::http;

/// Whoever takes longer to say what they want is not listened to.
const PATIENCE: Duration = Duration::from_secs(10);
/// Questions that wait for the disk at a time; whoever is slow to ask takes no place.
const AT_ONCE: usize = 32;

#[derive(Clone)]
struct Serving {
    witness: Arc<Witness>,
    clock: Arc<dyn Clock>,
    places: Arc<Semaphore>,
}

/// `POST /add-checkpoint`, and `GET /` with the public key.
pub fn router(witness: Arc<Witness>, clock: Arc<dyn Clock>) -> Router {
    let router = Router::new()
        .route("/add-checkpoint", post(add_checkpoint))
        .route("/", get(public))
        .layer(DefaultBodyLimit::max(LARGEST))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, PATIENCE))
        .with_state(Serving { witness, clock, places: Arc::new(Semaphore::new(AT_ONCE)) });
    http::around(router)
}

async fn public(State(serving): State<Serving>) -> String {
    format!("{}\n", serving.witness.public())
}

async fn add_checkpoint(State(serving): State<Serving>, body: Bytes) -> Response {
    let at = u64::try_from(serving.clock.now().timestamp()).unwrap_or_default();
    let Serving { witness, places, .. } = serving;
    // Nobody closes it. Whoever goes away meanwhile leaves the work its place.
    let Ok(place) = places.acquire_owned().await else {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    };
    // It waits for the disk.
    let answer = tokio::task::spawn_blocking(move || {
        let _place = place;
        witness.add_checkpoint(&body, at)
    });
    let answer = answer.await;
    match answer.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic())) {
        Ok(lines) => lines.into_response(),
        Err(WitnessError::Declined(declined)) => decline(&declined),
        Err(error) => {
            tracing::error!(%error, "the witness cannot answer");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn decline(declined: &Declined) -> Response {
    match declined {
        Declined::Fork(_) => {
            tracing::error!(%declined, "A LOG HAS SIGNED TWO HISTORIES: see forks/ in the witness's folder");
        }
        _ => tracing::info!(%declined, "not signed"),
    }
    let status = StatusCode::from_u16(declined.status()).unwrap_or(StatusCode::BAD_REQUEST);
    match declined.known_size() {
        Some(size) => {
            (status, [(header::CONTENT_TYPE, SIZE_TYPE)], format!("{size}\n")).into_response()
        }
        None => (status, format!("{declined}\n")).into_response(),
    }
}
