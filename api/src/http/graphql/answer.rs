//! Writing answers: status, headers and the JSON that goes with them.

use std::collections::BTreeMap;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Response as HttpResponse, sse::Event},
};
use serde::Serialize;

use super::{Media, RequestErrorCode, RequestRefusal, visible};

/// Seconds until a repetition may do better.
pub const RETRY_AFTER: HeaderValue = HeaderValue::from_static("1");

/// The JSON of an answer. A request that was not executed has no `data`, not even a null one.
#[derive(Serialize)]
struct Document<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<&'a Value>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    errors: &'a [ServerError],
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extensions: &'a BTreeMap<String, Value>,
}

impl<'a> Document<'a> {
    /// What was executed.
    fn executed(response: &'a Response) -> Self {
        let Response { data, errors, extensions, .. } = response;
        Self { data: Some(data), errors, extensions }
    }
}

/// The JSON of one answer of a stream.
pub(super) fn event(response: &Response) -> Result<Event, axum::Error> {
    Event::default().event("next").json_data(Document::executed(response))
}

/// Writes why a subscription did not begin. The status tells it, for whoever wants a stream looks
/// at that first.
pub(super) fn not_begun(response: &Response, media: Media) -> HttpResponse {
    let values = response.errors.first().and_then(|error| error.extensions.as_ref());
    let code = values.and_then(|values| values.get("code"));
    let is = |code_of: RequestErrorCode| code == Some(&Value::from(code_of.as_str()));
    let status = if is(RequestErrorCode::Unauthenticated) {
        StatusCode::UNAUTHORIZED
    } else if is(RequestErrorCode::Internal) {
        StatusCode::INTERNAL_SERVER_ERROR
    } else if is(RequestErrorCode::Unavailable) {
        StatusCode::SERVICE_UNAVAILABLE
    } else if is(RequestErrorCode::BadRequest) || is(RequestErrorCode::GraphqlValidationFailed) {
        StatusCode::BAD_REQUEST
    } else {
        StatusCode::FORBIDDEN
    };
    let (errors, extensions) = (&response.errors, &response.extensions);
    write(status, media, &Document { data: None, errors, extensions })
}

/// Null data with errors that point at no field means that the library found the document invalid:
/// a refused request, not an executed one.
pub(super) fn is_invalid(response: &Response) -> bool {
    response.data == Value::Null
        && response.errors.first().is_some_and(|error| error.path.is_empty())
}

/// Writes what the schema answered.
#[must_use]
pub fn answer(mut response: Response, media: Media) -> HttpResponse {
    let invalid = is_invalid(&response);
    let status = if invalid {
        RequestErrorCode::GraphqlValidationFailed.status(media)
    } else {
        StatusCode::OK
    };
    let executed = Document::executed(&response);
    let document = Document { data: executed.data.filter(|_| !invalid), ..executed };
    let mut http = write(status, media, &document);
    let headers = std::mem::take(&mut response.http_headers);
    extend(http.headers_mut(), headers);
    http
}

/// Writes a refusal, with the header its status asks for.
#[must_use]
pub fn refuse(
    refusal: RequestRefusal,
    media: Media,
    extensions: &BTreeMap<String, Value>,
) -> HttpResponse {
    let mut error = ServerError::new(refusal.message, None);
    visible::cut(&mut error.message);
    error
        .extensions
        .get_or_insert_with(ErrorExtensionValues::default)
        .set("code", refusal.code.as_str());
    let document = Document { data: None, errors: &[error], extensions };
    let mut http = write(refusal.code.status(media), media, &document);
    if refusal.code == RequestErrorCode::MethodNotAllowed {
        http.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST"));
    }
    if refusal.code == RequestErrorCode::Unauthenticated {
        http.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    http
}

fn write(status: StatusCode, media: Media, document: &Document<'_>) -> HttpResponse {
    let (status, body) = match serde_json::to_vec(document) {
        Ok(body) => (status, body),
        Err(error) => {
            tracing::error!(%error, "an answer is not JSON");
            (StatusCode::INTERNAL_SERVER_ERROR, Vec::new())
        }
    };
    let mut http = HttpResponse::new(Body::from(body));
    *http.status_mut() = status;
    let headers = http.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media.content_type()));
    headers.insert(header::VARY, HeaderValue::from_static("accept"));
    if status == StatusCode::SERVICE_UNAVAILABLE {
        headers.insert(header::RETRY_AFTER, RETRY_AFTER);
    }
    http
}

/// Headers that resolvers set. The content type is not theirs to change.
fn extend(headers: &mut HeaderMap, mut added: HeaderMap) {
    added.remove(header::CONTENT_TYPE);
    headers.extend(added);
}
