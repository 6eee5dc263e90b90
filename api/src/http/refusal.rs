//! Why a file or a report is not handed out: JSON of the shape that GraphQL's refusals have, and a status.

use std::borrow::Cow;
use std::collections::BTreeMap;

use async_graphql::Value;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Json, Response};
use projections::compliance::ComplianceError;
use serde_json::json;

use crate::exporting::{ExportError, FilterError};
use crate::gateway::GatewayError;
use crate::graphql::{ErrorCode, PASSWORD_CHANGE_REQUIRED, UserError};
use crate::http::graphql::{Media, RETRY_AFTER, RequestErrorCode, RequestRefusal};
use crate::reporting::ReportError;

/// A refusal.
#[derive(Debug)]
pub(super) struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: Cow<'static, str>,
    /// What a business refusal says besides: `field` and `meta`.
    besides: serde_json::Map<String, serde_json::Value>,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self { status, code, message: message.into(), besides: serde_json::Map::new() }
    }

    /// Nobody is signed in.
    pub(super) fn unauthenticated() -> Self {
        RequestRefusal::new(RequestErrorCode::Unauthenticated, "sign in first").into()
    }

    /// The password serves for choosing another and nothing else.
    pub(super) fn password_change_required() -> Self {
        Self::new(StatusCode::FORBIDDEN, PASSWORD_CHANGE_REQUIRED, "change your password first")
    }

    /// The request cannot be read.
    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        RequestRefusal::new(RequestErrorCode::BadRequest, message).into()
    }

    /// A part of the body cannot be used; `place` says which.
    pub(super) fn unfit(place: &str, fault: impl std::fmt::Display) -> Self {
        let mut refusal = Self::bad_request(format!("{place} {fault}"));
        refusal.besides.insert("field".to_owned(), json!(place));
        refusal
    }

    /// The body is not announced as JSON.
    pub(super) fn not_json() -> Self {
        let message = "send the body as application/json in UTF-8";
        RequestRefusal::new(RequestErrorCode::UnsupportedMediaType, message).into()
    }

    /// The body broke off, or is longer than so many bytes.
    pub(super) fn too_large(bytes: usize) -> Self {
        let message = format!("the body broke off, or is longer than {bytes} bytes");
        RequestRefusal::new(RequestErrorCode::PayloadTooLarge, message).into()
    }

    /// Too many questions at once.
    pub(super) fn crowded() -> Self {
        let message = "too many questions at once; try again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Busy.into(), message)
    }

    /// The body came too slowly.
    pub(super) fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, RequestErrorCode::Timeout.as_str(), "too slow")
    }

    /// There is no such file, or none that the caller may know of.
    pub(super) fn absent() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "there is no such file")
    }

    /// What the file held was destroyed with its author's data key.
    pub(super) fn erased() -> Self {
        Self::new(StatusCode::GONE, "ERASED", "the file was erased with its author's personal data")
    }

    /// There is no such thing.
    pub(super) fn not_found(message: &'static str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", message)
    }

    /// Too many files at once.
    pub(super) fn busy() -> Self {
        let message = "too many files at once; try again";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, ErrorCode::Busy.into(), message)
    }

    /// The caller may not have it.
    pub(super) fn forbidden() -> Self {
        RequestRefusal::new(RequestErrorCode::Forbidden, "this is not permitted").into()
    }

    /// A fault of ours, or of the database.
    pub(super) fn failed(error: &(dyn std::error::Error + 'static)) -> Self {
        RequestRefusal::failed(error, "a file").into()
    }

    /// The answer; `extensions` are those of all answers.
    pub(super) fn answer(self, extensions: BTreeMap<String, Value>) -> Response {
        let mut values = self.besides;
        values.insert("code".to_owned(), json!(self.code));
        let error = json!({"message": self.message, "extensions": values});
        let body = Json(json!({"errors": [error], "extensions": extensions}));
        let mut response = (self.status, body).into_response();
        let headers = response.headers_mut();
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, RETRY_AFTER);
        }
        response
    }
}

impl From<RequestRefusal> for Refusal {
    fn from(refusal: RequestRefusal) -> Self {
        let RequestRefusal { code, message } = refusal;
        Self::new(code.status(Media::Json), code.as_str(), message)
    }
}

impl From<UserError> for Refusal {
    fn from(error: UserError) -> Self {
        let mut refusal = Self::new(status(error.code), error.code.into(), error.message);
        if let Some(field) = error.field {
            refusal.besides.insert("field".to_owned(), json!(field));
        }
        if let Some(meta) = error.meta {
            refusal.besides.insert("meta".to_owned(), json!(meta.0));
        }
        refusal
    }
}

impl From<GatewayError> for Refusal {
    fn from(error: GatewayError) -> Self {
        if let GatewayError::Internal(_) | GatewayError::Reading(_) = error {
            return Self::failed(&error);
        }
        match UserError::from_gateway(error) {
            Ok(error) => error.into(),
            Err(fault) => Self::failed(&std::io::Error::other(fault.message)),
        }
    }
}

impl From<ReportError> for Refusal {
    fn from(error: ReportError) -> Self {
        let code = match &error {
            ReportError::NoUnit => return Self::not_found("there is no such unit"),
            ReportError::Read(error) => return RequestRefusal::failed(error, "a report").into(),
            ReportError::Compliance(ComplianceError::Journal(error)) => {
                return RequestRefusal::failed(error, "a report").into();
            }
            ReportError::Compliance(ComplianceError::Read(error)) => {
                return RequestRefusal::failed(error, "a report").into();
            }
            ReportError::Forbidden => RequestErrorCode::Forbidden,
            ReportError::Busy => RequestErrorCode::Unavailable,
            ReportError::Backwards | ReportError::TooLong(_) | ReportError::Compliance(_) => {
                RequestErrorCode::BadRequest
            }
        };
        RequestRefusal::new(code, error.to_string()).into()
    }
}

impl From<FilterError> for Refusal {
    fn from(error: FilterError) -> Self {
        let mut refusal = Self::bad_request(error.to_string());
        let fault: &'static str = (&error.fault).into();
        refusal.besides.insert("field".to_owned(), json!("where"));
        refusal.besides.insert("meta".to_owned(), json!({"at": error.at, "fault": fault}));
        refusal
    }
}

impl From<ExportError> for Refusal {
    fn from(error: ExportError) -> Self {
        let code = match error {
            ExportError::Filter(error) => return error.into(),
            ExportError::Read(error) => return RequestRefusal::failed(&error, "an export").into(),
            ExportError::Busy => RequestErrorCode::Unavailable,
            ExportError::Format(_) | ExportError::NobodyTakesIt | ExportError::Interrupted => {
                return Self::failed(&error);
            }
        };
        RequestRefusal::new(code, error.to_string()).into()
    }
}

impl From<journal::JournalError> for Refusal {
    fn from(error: journal::JournalError) -> Self {
        Self::failed(&error)
    }
}

/// What sort of "no" it is.
fn status(code: ErrorCode) -> StatusCode {
    use ErrorCode as E;
    match code {
        E::DossierNotFound => StatusCode::NOT_FOUND,
        E::Forbidden => StatusCode::FORBIDDEN,
        E::DossierAttachmentTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        E::DossierAttachmentTypeUnfit => StatusCode::UNSUPPORTED_MEDIA_TYPE,
        E::DossierAttachmentNameUnfit | E::DossierAttachmentNamePath | E::InvalidInput => {
            StatusCode::BAD_REQUEST
        }
        E::Busy => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::CONFLICT,
    }
}
