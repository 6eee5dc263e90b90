//! Each request's context: who calls, what they have already seen, what is said beside the data.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::async_trait::async_trait;
use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Value};
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use domain::person::Role;
use tokio::sync::watch;
use uuid::Uuid;

use super::graphql::{Course, Outcome, Prepared, RequestContext, RequestErrorCode, RequestRefusal};
use super::layers::REQUEST_ID;
use super::listening::{Listeners, Traces, Wish};
use super::refusal::Refusal;
use crate::boot::App;
use crate::gateway::Caller;
use crate::graphql::guard::Audience;
use crate::graphql::{Position, Services, caught_up};
use crate::identity::{Recognized, ServiceDenied, is_service_token};

/// Names the event that a stream goes on behind.
const LAST_EVENT_ID: &str = "last-event-id";
/// Names a position that the answer must not be older than.
const AFTER_POSITION: &str = "x-after-position";
/// How long an answer waits for it.
const PATIENCE: Duration = Duration::from_secs(2);

/// Makes the contexts.
pub struct Requests {
    services: Services,
    listeners: Listeners,
}

impl Requests {
    /// From the composition; streams end when `stopping` turns true.
    pub fn new(app: &App, stopping: watch::Receiver<bool>) -> Self {
        let services = Services::of(app);
        Self { listeners: Listeners::new(services.clone(), stopping), services }
    }

    /// Who calls; none: a stranger. Programs are strangers that are told so.
    pub(super) async fn recognize(
        &self,
        headers: &HeaderMap,
    ) -> Result<Option<Recognized>, RequestRefusal> {
        let Some(token) = bearer(headers)? else { return Ok(None) };
        if is_service_token(token) {
            let message = "a service token serves for imports and questions about access; sign in as a person";
            return Err(RequestRefusal::new(RequestErrorCode::NotAPerson, message));
        }
        match self.services.identity.recognize(token).await {
            Ok(Some(recognized)) => Ok(Some(recognized)),
            Ok(None) => Err(unauthenticated()),
            Err(error) => Err(RequestRefusal::failed(&error, "recognizing a caller")),
        }
    }

    /// Who calls: signed in, and free to work.
    pub(super) async fn working_caller(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let recognized = self.recognize(headers).await?.ok_or_else(Refusal::unauthenticated)?;
        if recognized.must_change_password {
            return Err(Refusal::password_change_required());
        }
        Ok(recognized.caller)
    }

    /// Who calls where programs may too: one with a token of its own, else whoever is free to work.
    pub(super) async fn program_or_person(&self, headers: &HeaderMap) -> Result<Caller, Refusal> {
        let Some(token) = bearer(headers)?.filter(|token| is_service_token(token)) else {
            return self.working_caller(headers).await;
        };
        let denied = |denied: ServiceDenied| {
            RequestRefusal::new(RequestErrorCode::Unauthenticated, denied.to_string()).into()
        };
        self.services.identity.recognize_service(token).await?.map_err(denied)
    }

    /// Waits for the position that the caller has seen already, if any.
    pub(super) async fn caught_up(&self, headers: &HeaderMap) -> Result<(), RequestRefusal> {
        match seen_position(headers)? {
            Some(position) => self.wait(position).await,
            None => Ok(()),
        }
    }

    /// What the process offers.
    pub(super) fn services(&self) -> &Services {
        &self.services
    }

    /// By which names the request's traces are found.
    pub(super) fn traces(&self, headers: &HeaderMap) -> Traces {
        Traces {
            correlation_id: correlation_id(headers)
                .unwrap_or_else(|| self.services.gateway.new_id()),
            trace_id: trace_id(headers),
        }
    }

    async fn wait(&self, position: Position) -> Result<(), RequestRefusal> {
        caught_up(&self.services.waiter, position, PATIENCE).await.map_err(|stale| {
            RequestRefusal::new(
                RequestErrorCode::StaleRead,
                format!("the views are {} events behind that position", stale.lag_events),
            )
        })
    }
}

#[async_trait]
impl RequestContext for Requests {
    async fn prepare(
        &self,
        headers: &HeaderMap,
        request: Request,
        operation: OperationType,
    ) -> Result<Prepared, RequestRefusal> {
        let recognized = self.recognize(headers).await?;
        let seen = seen_position(headers)?;
        // Waiting costs; strangers have seen nothing they could wait for.
        if let (Some(position), Some(_)) = (seen, &recognized) {
            self.wait(position).await?;
        }
        let traces = self.traces(headers);
        let audience = audience(recognized.as_ref());
        let course = match (operation, &recognized) {
            (OperationType::Subscription, Some(recognized)) => {
                let wish = Wish::of(&request, traces.clone(), last_event(headers)?);
                self.listeners.admit(&recognized.caller, wish)?
            }
            _ => None,
        };
        let request = match &course {
            Some(course) => request.data(course.progress()),
            None => request,
        };
        let visit = traces.visit(recognized);
        let said = visit.said.clone().unwrap_or_default();
        let request = visit.enter(request, &self.services);
        let course = course.map(|course| course as Arc<dyn Course>);
        Ok(Prepared { request, audience, course, said })
    }

    async fn extensions(&self, headers: &HeaderMap, outcome: Outcome) -> BTreeMap<String, Value> {
        let mut extensions = BTreeMap::new();
        if let Some(id) = headers.get(REQUEST_ID).and_then(|id| id.to_str().ok()) {
            extensions.insert("requestId".to_owned(), Value::from(id));
        }
        if outcome == Outcome::Executed {
            let position = self.services.waiter.position();
            let consistency = async_graphql::value!({
                "position": (position.applied_through.to_string()),
                "lagMs": (u64::try_from(position.lag.as_millis()).unwrap_or(u64::MAX)),
            });
            extensions.insert("consistency".to_owned(), consistency);
        }
        extensions
    }
}

/// The token that the request comes with, if it comes with any.
fn bearer(headers: &HeaderMap) -> Result<Option<&str>, RequestRefusal> {
    let Some(header) = headers.get(AUTHORIZATION) else { return Ok(None) };
    let token = header.to_str().ok().and_then(|text| {
        let (scheme, token) = text.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    });
    token.map(Some).ok_or_else(unauthenticated)
}

fn unauthenticated() -> RequestRefusal {
    let message = "the access token is not or no longer valid";
    RequestRefusal::new(RequestErrorCode::Unauthenticated, message)
}

/// What a recognized caller may spend, or a stranger.
fn audience(recognized: Option<&Recognized>) -> Audience {
    let person = recognized.and_then(|recognized| recognized.caller.person.as_ref());
    match person.map(|person| person.who.role) {
        None => Audience::Anonymous,
        Some(Role::Auditor | Role::SystemAdministrator) => Audience::Auditor,
        Some(_) => Audience::Agent,
    }
}

/// Behind which event a stream goes on, when it was interrupted.
fn last_event(headers: &HeaderMap) -> Result<Option<i64>, RequestRefusal> {
    let Some(header) = headers.get(LAST_EVENT_ID) else { return Ok(None) };
    match header.to_str().ok().and_then(|text| text.parse().ok()) {
        Some(Position::Number(number)) => Ok(Some(number)),
        Some(Position::Token(_)) | None => Err(RequestRefusal::new(
            RequestErrorCode::BadRequest,
            "Last-Event-ID is not the id of an event that was sent",
        )),
    }
}

/// The position that the client has already seen, if its header names one.
fn seen_position(headers: &HeaderMap) -> Result<Option<Position>, RequestRefusal> {
    let Some(header) = headers.get(AFTER_POSITION) else { return Ok(None) };
    let position = header.to_str().ok().and_then(|text| text.parse().ok());
    position.map(Some).ok_or_else(|| {
        RequestRefusal::new(
            RequestErrorCode::BadRequest,
            "X-After-Position is not a position that was given out",
        )
    })
}

/// The request's id as the correlation of everything it causes, when it is a UUID.
fn correlation_id(headers: &HeaderMap) -> Option<Uuid> {
    headers.get(REQUEST_ID)?.to_str().ok()?.parse().ok()
}

/// The trace of a W3C `traceparent`: `00-<32 hex>-<16 hex>-<2 hex>`.
fn trace_id(headers: &HeaderMap) -> Option<String> {
    let parent = headers.get("traceparent")?.to_str().ok()?;
    let trace = parent.split('-').nth(1)?;
    let is_trace = trace.len() == 32 && trace.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_trace.then(|| trace.to_ascii_lowercase())
}
