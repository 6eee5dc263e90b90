//! What can be asked here, and where: nothing in it is secret, so that nobody has to sign in for it.

use axum::http::HeaderMap;
use axum::http::header::HOST;
use axum::response::{IntoResponse, Json, Response};
use serde_json::json;

use super::super::refusal::Refusal;

/// Says whether whoever stands before us is spoken to in private.
const FORWARDED_PROTO: &str = "x-forwarded-proto";
/// Longest name of a host, with its port.
const HOST_MAX: usize = 255;

/// The metadata, under the name by which we were asked.
pub(super) async fn configuration(headers: HeaderMap) -> Response {
    let Some(base) = base(&headers) else {
        return Refusal::bad_request("the Host header is missing or no host").answer([].into());
    };
    Json(json!({
        "policy_decision_point": base,
        "access_evaluation_endpoint": format!("{base}/access/v1/evaluation"),
        "access_evaluations_endpoint": format!("{base}/access/v1/evaluations"),
        "search_subject_endpoint": format!("{base}/access/v1/search/subject"),
        "search_action_endpoint": format!("{base}/access/v1/search/action"),
    }))
    .into_response()
}

fn base(headers: &HeaderMap) -> Option<String> {
    let host = headers.get(HOST)?.to_str().ok()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    let is_host = (1..=HOST_MAX).contains(&host.len()) && host.bytes().all(fits);
    let private = headers.get(FORWARDED_PROTO).is_some_and(|proto| proto == "https");
    let scheme = if private { "https" } else { "http" };
    is_host.then(|| format!("{scheme}://{host}"))
}
