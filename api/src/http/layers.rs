//! What every answer shares: request id, security headers, a log line, no panic.

use std::time::Duration;

use axum::Router;
use axum::http::header::{HeaderName, HeaderValue};
use axum::http::{Request, Response};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{
    MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer,
};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;
use tracing::Span;
use uuid::Uuid;

/// The header by which a request is named, in and out.
pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The router with its layers, the outermost last.
pub(crate) fn around(router: Router) -> Router {
    let header = |name, value| {
        SetResponseHeaderLayer::if_not_present(
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    };
    router
        .layer(CatchPanicLayer::new())
        .layer(header("x-content-type-options", "nosniff"))
        .layer(header("referrer-policy", "no-referrer"))
        .layer(header("x-frame-options", "DENY"))
        .layer(header("content-security-policy", "default-src 'none'; frame-ancestors 'none'"))
        .layer(header("cache-control", "no-store"))
        .layer(TraceLayer::new_for_http().make_span_with(span).on_response(log))
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(SetRequestIdLayer::new(REQUEST_ID, NewRequestId))
}

/// A path has no personal data here; a query string might, and stays out.
fn span<B>(request: &Request<B>) -> Span {
    let id = request.headers().get(REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or("-");
    tracing::info_span!("request", id, method = %request.method(), path = request.uri().path())
}

fn log<B>(response: &Response<B>, latency: Duration, _: &Span) {
    let micros = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
    tracing::debug!(status = response.status().as_u16(), micros, "answered");
    metrics::histogram!("http_server_request_duration_seconds").record(latency.as_secs_f64());
}

/// Ids for requests that bring none. One that is brought is kept if it can do no harm in a log.
#[derive(Clone)]
struct NewRequestId;

impl MakeRequestId for NewRequestId {
    #[expect(clippy::disallowed_methods, reason = "an id for logs is not replayed")]
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::from_str(&Uuid::new_v4().to_string()).ok().map(RequestId::new)
    }
}
