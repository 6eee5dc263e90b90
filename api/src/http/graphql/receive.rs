//! The axum handlers: from an HTTP request to an envelope, and back.

use std::{error::Error, sync::Arc};

use async_graphql::{Executor, parser::types::OperationType};
use axum::{
    body::{Body, to_bytes},
    extract::{Request as HttpRequest, State},
    http::{HeaderMap, HeaderValue, Uri, header},
    response::Response as HttpResponse,
};
use http_body_util::LengthLimitError;

use super::{
    Accepted, Admitted, Endpoint, Envelope, Outcome, RequestErrorCode, RequestRefusal, Transport,
    accept::sends_json, answer, refuse, stream,
};

/// `POST /graphql`.
pub(super) async fn by_post<E: Executor>(
    State(endpoint): State<Arc<Endpoint<E>>>,
    request: HttpRequest,
) -> HttpResponse {
    let (parts, body) = request.into_parts();
    let envelope = match endpoint.read_body(&parts.headers, body).await {
        Ok(body) => Envelope::from_body(&body),
        Err(refusal) => Err(refusal),
    };
    endpoint.respond(envelope, &parts.headers, Transport::Post).await
}

/// `GET /graphql`.
pub(super) async fn by_get<E: Executor>(
    State(endpoint): State<Arc<Endpoint<E>>>,
    uri: Uri,
    headers: HeaderMap,
) -> HttpResponse {
    endpoint.respond(Envelope::from_uri(&uri), &headers, Transport::Get).await
}

/// Every other method.
pub(super) async fn by_another_method<E: Executor>(
    State(endpoint): State<Arc<Endpoint<E>>>,
    headers: HeaderMap,
) -> HttpResponse {
    let message = "the methods of this resource are GET and POST";
    let refusal = RequestRefusal::new(RequestErrorCode::MethodNotAllowed, message);
    let mut http = endpoint.refuse(refusal, &headers).await;
    http.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, POST"));
    http
}

impl<E: Executor> Endpoint<E> {
    /// Admits, runs and answers.
    async fn respond(
        &self,
        envelope: Result<Envelope, RequestRefusal>,
        headers: &HeaderMap,
        transport: Transport,
    ) -> HttpResponse {
        let Some(accepted) = Accepted::read(headers) else {
            let message = "answers are application/graphql-response+json, application/json or \
                           text/event-stream";
            let refusal = RequestRefusal::new(RequestErrorCode::NotAcceptable, message);
            return self.refuse(refusal, headers).await;
        };
        let admitted = match envelope {
            Ok(envelope) => {
                let admission = self.admit(envelope, headers, transport, accepted);
                // Whoever recognizes the caller may have to wait for somebody too.
                let timed = tokio::time::timeout(self.wall_time, admission).await;
                timed.unwrap_or_else(|_| Err(self.too_long()))
            }
            Err(refusal) => Err(refusal),
        };
        match admitted {
            Ok(admitted) if admitted.operation == OperationType::Subscription => {
                self.tell(admitted, accepted, headers).await
            }
            Ok(admitted) => self.respond_once(admitted, accepted, headers).await,
            Err(refusal) => self.refuse(refusal, headers).await,
        }
    }

    async fn respond_once(
        &self,
        admitted: Admitted,
        accepted: Accepted,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let mut response = match self.run(admitted).await {
            Ok(response) => response,
            Err(refusal) => return self.refuse(refusal, headers).await,
        };
        response.extensions.extend(self.context.extensions(headers, Outcome::Executed).await);
        match accepted.single {
            Some(media) => answer(response, media),
            None => stream::once(response),
        }
    }

    pub(super) async fn refuse(
        &self,
        refusal: RequestRefusal,
        headers: &HeaderMap,
    ) -> HttpResponse {
        let media = Accepted::read(headers).map(Accepted::refusal).unwrap_or_default();
        refuse(refusal, media, &self.context.extensions(headers, Outcome::Refused).await)
    }

    async fn read_body(
        &self,
        headers: &HeaderMap,
        body: Body,
    ) -> Result<axum::body::Bytes, RequestRefusal> {
        if !sends_json(headers) {
            let message = "the body is not announced as application/json in UTF-8";
            return Err(RequestRefusal::new(RequestErrorCode::UnsupportedMediaType, message));
        }
        to_bytes(body, self.limits.body_bytes).await.map_err(|error| {
            if error.source().is_some_and(|cause| cause.is::<LengthLimitError>()) {
                let message = format!("a body has at most {} bytes", self.limits.body_bytes);
                RequestRefusal::new(RequestErrorCode::PayloadTooLarge, message)
            } else {
                RequestRefusal::bad_request("the body broke off")
            }
        })
    }
}
