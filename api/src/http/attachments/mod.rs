//! Files of tickets by plain HTTP: `POST /tickets/{id}/attachments`, `GET /attachments/{id}`.
//!
//! The same access token, the same guard and the same gateway as GraphQL; refusals are JSON of the
//! same shape, and their status says the sort. What a file is is what its author says: nothing looks
//! inside, and a download is never shown as a page. Called by the router.

mod download;
mod upload;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{get, post};
use journal::attachments::AttachmentStore;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::context::Requests;
use super::graphql::{Outcome, RequestContext};
use crate::boot::App;
use crate::gateway::{Caller, Gateway};
use crate::http::refusal::Refusal;

/// Files that are in memory at a time, the largest of 25 MiB.
const PLACES: usize = 8;
/// How long a file waits for a place.
const PATIENCE: Duration = Duration::from_secs(5);

/// What both routes work with.
struct Files {
    gateway: Gateway,
    store: AttachmentStore,
    requests: Arc<Requests>,
    places: Semaphore,
}

/// The routes. No layer bounds their bodies: an upload counts its own bytes.
pub(super) fn routes(app: &App, requests: Arc<Requests>) -> Router {
    let gateway = app.gateway.clone();
    let store = AttachmentStore::new(gateway.journal().clone());
    let files = Files { gateway, store, requests, places: Semaphore::new(PLACES) };
    Router::new()
        .route("/tickets/{ticket}/attachments", post(upload::upload))
        .route("/attachments/{attachment}", get(download::download))
        .with_state(Arc::new(files))
}

impl Files {
    /// Who calls: signed in, and free to work.
    async fn caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        self.requests.working_caller(headers).await
    }

    async fn place(&self) -> Result<SemaphorePermit<'_>, Refusal> {
        match tokio::time::timeout(PATIENCE, self.places.acquire()).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Refusal::busy()),
        }
    }

    async fn refuse(&self, refusal: Refusal, headers: &HeaderMap) -> Response {
        refusal.answer(self.requests.extensions(headers, Outcome::Refused).await)
    }
}
