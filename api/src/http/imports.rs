//! `POST /import/glpi?organization=Demo&dryRun=true`: the body is the inventory of one machine.
//!
//! The same guard and the same decisions as any other command; the answer is the import's report. An
//! agent speaks with the token of its service account, a person with their access token. Called by the router.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::post;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use super::context::Requests;
use super::graphql::{Outcome, RequestContext};
use super::refusal::Refusal;
use crate::workers::cis::{CisError, INVENTORY_MAX, Sent, Views, inventory};

/// Inventories that are in memory at a time.
const PLACES: usize = 4;
/// How long a body may take to arrive, and how long it waits for a place.
const READING: Duration = Duration::from_secs(60);

/// What the route works with.
struct Imports {
    requests: Arc<Requests>,
    places: Semaphore,
}

/// What the query string says.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Wish {
    organization: Option<String>,
    #[serde(default)]
    dry_run: bool,
}

/// The route. No layer bounds its body: it is bounded here.
pub(super) fn routes(requests: Arc<Requests>) -> Router {
    let imports = Imports { requests, places: Semaphore::new(PLACES) };
    Router::new().route("/import/glpi", post(glpi)).with_state(Arc::new(imports))
}

async fn glpi(
    State(imports): State<Arc<Imports>>,
    wish: Result<Query<Wish>, QueryRejection>,
    request: Request<Body>,
) -> Response {
    let (parts, body) = request.into_parts();
    match imports.take_in(wish, &parts.headers, body).await {
        Ok(report) => Json(report).into_response(),
        Err(refusal) => {
            let extensions = imports.requests.extensions(&parts.headers, Outcome::Refused).await;
            refusal.answer(extensions)
        }
    }
}

impl Imports {
    async fn take_in(
        &self,
        wish: Result<Query<Wish>, QueryRejection>,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<Value, Refusal> {
        let caller = self.requests.program_or_person(headers).await?;
        let Query(wish) = wish
            .map_err(|_| Refusal::bad_request("the query string is organization=… and dryRun=…"))?;
        let waiting = tokio::time::timeout(READING, self.places.acquire()).await;
        let Ok(Ok(_place)) = waiting else { return Err(Refusal::busy()) };
        let text = read(body).await?;
        let services = self.requests.services();
        let views = Views { reads: services.reads.clone(), waiter: services.waiter.clone() };
        let Wish { organization, dry_run } = wish;
        let sent = Sent { text: &text, organization, dry_run };
        let ended = inventory(&services.gateway, views, caller, sent).await?;
        let mut report = json!(ended.summary);
        report["stored"] = json!(ended.stored);
        Ok(report)
    }
}

async fn read(body: Body) -> Result<Bytes, Refusal> {
    let read = tokio::time::timeout(READING, to_bytes(body, INVENTORY_MAX)).await;
    let unread = |_| Refusal::bad_request("the body broke off, or is longer than an inventory is");
    read.map_err(|_| Refusal::too_slow())?.map_err(unread)
}

impl From<CisError> for Refusal {
    fn from(error: CisError) -> Self {
        match error {
            CisError::Unfit { fault, .. } => Self::bad_request(fault),
            CisError::Gateway(error) => error.into(),
            other => Self::failed(&other),
        }
    }
}
