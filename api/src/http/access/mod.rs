//! `POST /access/v1/evaluation` and its neighbours: other systems ask for the decisions that our own
//! guard takes, as OpenID's AuthZEN Authorization API 1.0 says it.
//!
//! A program asks with the token of its service account, whose rights say so; a person who may, with
//! their access token. What may be done is decided by [`crate::asking`]; here stands who asks, what they
//! are told of why, and what is kept of it. Resources of other systems are known to nobody here, so
//! that there is no search for them. Called by the router.

mod answer;
mod evaluating;
mod read;
mod search;
mod well_known;
mod wire;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Json, Response};
use axum::routing::{get, post};
use domain::access::Permission;
use domain::access::decide::ObjectView;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::Semaphore;

use self::evaluating::Evaluating;
use super::context::Requests;
use super::graphql::{Outcome, RequestContext, sends_json};
use super::refusal::Refusal;
use crate::asking::AskingError;
use crate::gateway::{Caller, guard};
use crate::graphql::Services;

/// Requests that are answered at a time.
const PLACES: usize = 16;
/// How long one waits for a place.
const WAITING: Duration = Duration::from_secs(2);
/// How long a body may take to arrive.
const READING: Duration = Duration::from_secs(10);
/// Longest body, in bytes: room for what is asked at once, each with many properties.
const BODY_MAX: usize = 256 * 1024;
/// Longest sentence about a body that cannot be read, in characters.
const FAULT_MAX: usize = 200;

/// What the routes work with.
struct Decisions {
    requests: Arc<Requests>,
    places: Semaphore,
}

/// Whoever asks.
struct Asker {
    caller: Caller,
    /// Whether they are told why.
    explained: bool,
}

/// The routes. No layer bounds their bodies: they are bounded here.
pub(super) fn routes(requests: Arc<Requests>) -> Router {
    let decisions = Decisions { requests, places: Semaphore::new(PLACES) };
    Router::new()
        .route("/access/v1/evaluation", post(evaluation))
        .route("/access/v1/evaluations", post(evaluations))
        .route("/access/v1/search/subject", post(search_subject))
        .route("/access/v1/search/action", post(search_action))
        .route("/.well-known/authzen-configuration", get(well_known::configuration))
        .with_state(Arc::new(decisions))
}

async fn evaluation(State(decisions): State<Arc<Decisions>>, request: Request) -> Response {
    decisions.answered(request, async |evaluating, body| evaluating.one(body).await).await
}

async fn evaluations(State(decisions): State<Arc<Decisions>>, request: Request) -> Response {
    decisions.answered(request, async |evaluating, body| evaluating.many(body).await).await
}

async fn search_subject(State(decisions): State<Arc<Decisions>>, request: Request) -> Response {
    decisions.answered(request, async |evaluating, body| evaluating.subjects(body).await).await
}

async fn search_action(State(decisions): State<Arc<Decisions>>, request: Request) -> Response {
    decisions.answered(request, async |evaluating, body| evaluating.actions(body).await).await
}

impl Decisions {
    /// What comes of a body of this shape, from somebody who may ask.
    async fn answered<T: DeserializeOwned>(
        &self,
        request: Request,
        ask: impl AsyncFnOnce(Evaluating<'_>, T) -> Result<Value, Refusal>,
    ) -> Response {
        let (parts, body) = request.into_parts();
        let answer = async {
            let asker = self.asker(&parts.headers).await?;
            let waiting = tokio::time::timeout(WAITING, self.places.acquire()).await;
            let Ok(Ok(_place)) = waiting else { return Err(Refusal::crowded()) };
            let body = read(&parts, body).await?;
            let correlation_id = self.requests.traces(&parts.headers).correlation_id;
            ask(Evaluating::new(self.services(), asker, correlation_id), body).await
        };
        match answer.await {
            Ok(answer) => Json(answer).into_response(),
            Err(refusal) => {
                let extensions = self.requests.extensions(&parts.headers, Outcome::Refused);
                refusal.answer(extensions.await)
            }
        }
    }

    fn services(&self) -> &Services {
        self.requests.services()
    }

    /// Whoever calls, if they may ask what others may do.
    async fn asker(&self, headers: &HeaderMap) -> Result<Asker, Refusal> {
        let caller = self.requests.program_or_person(headers).await?;
        let gateway = &self.services().gateway;
        let (object, now) = (ObjectView::default(), gateway.now());
        let may = |permission| guard::authorize(&caller, permission, &object, now).is_ok();
        if !may(Permission::AccessEvaluate) {
            let about = (None, self.requests.traces(headers).correlation_id);
            gateway.note(&caller, (Permission::AccessEvaluate, &object), about).await;
            return Err(Refusal::forbidden());
        }
        let explained = may(Permission::AccessExplain);
        Ok(Asker { caller, explained })
    }
}

async fn read<T: DeserializeOwned>(parts: &Parts, body: Body) -> Result<T, Refusal> {
    if !sends_json(&parts.headers) {
        return Err(Refusal::not_json());
    }
    let read = tokio::time::timeout(READING, to_bytes(body, BODY_MAX)).await;
    let bytes = read.map_err(|_| Refusal::too_slow())?;
    let bytes = bytes.map_err(|_| Refusal::too_large(BODY_MAX))?;
    serde_json::from_slice(&bytes).map_err(|fault| {
        // The fault repeats what was sent.
        let fault: String = fault.to_string().chars().take(FAULT_MAX).collect();
        Refusal::bad_request(format!("the body is no such question: {fault}"))
    })
}

impl From<AskingError> for Refusal {
    fn from(error: AskingError) -> Self {
        match error {
            AskingError::Unfit(sentence) => Self::bad_request(sentence),
            error => Self::failed(&error),
        }
    }
}
