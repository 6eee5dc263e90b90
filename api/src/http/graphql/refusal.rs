//! Why a request as a whole is refused, and with which HTTP status.

use std::borrow::Cow;
use std::error::Error;

use axum::http::StatusCode;
use journal::error::is_away;

use super::Media;
use crate::graphql::guard::{GuardCode, GuardRefusal};

/// The closed list of `errors[].extensions.code` at the top level of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestErrorCode {
    /// The request is not a GraphQL request, or an argument cannot be read.
    BadRequest,
    /// The method does not allow this operation.
    MethodNotAllowed,
    /// None of the media types that the client accepts is spoken here.
    NotAcceptable,
    /// The body is not `application/json` in UTF-8.
    UnsupportedMediaType,
    /// The body is larger than the limit.
    PayloadTooLarge,
    /// The document is not GraphQL.
    GraphqlParseFailed,
    /// The document does not fit the schema, or the operation cannot be chosen.
    GraphqlValidationFailed,
    /// The document guard refused.
    Guard(GuardCode),
    /// The token is missing, expired or unknown.
    Unauthenticated,
    /// The token is a program's, and this is for people.
    NotAPerson,
    /// The caller may not do this at all.
    Forbidden,
    /// The caller asks too often.
    RateLimited,
    /// The views have not come to the position that the client named.
    StaleRead,
    /// The operation took too long and was stopped.
    Timeout,
    /// The database is away; try again. A command may have been recorded, which its idempotency key
    /// tells when it is sent again.
    Unavailable,
    /// A fault of ours; its message stays in our log.
    Internal,
}

impl RequestErrorCode {
    /// The code as clients see it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadRequest => "BAD_REQUEST",
            Self::MethodNotAllowed => "METHOD_NOT_ALLOWED",
            Self::NotAcceptable => "NOT_ACCEPTABLE",
            Self::UnsupportedMediaType => "UNSUPPORTED_MEDIA_TYPE",
            Self::PayloadTooLarge => "PAYLOAD_TOO_LARGE",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::Guard(code) => code.as_str(),
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::NotAPerson => "NOT_A_PERSON",
            Self::Forbidden => "FORBIDDEN",
            Self::RateLimited => "RATE_LIMITED",
            Self::StaleRead => "STALE_READ",
            Self::Timeout => "TIMEOUT",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// The HTTP status of a request refused with this code.
    ///
    /// Only a well-formed request with a bad document depends on the media type: clients of plain
    /// `application/json` take any other status than 200 for an answer of some proxy.
    #[must_use]
    pub fn status(self, media: Media) -> StatusCode {
        match self {
            Self::BadRequest | Self::Guard(_) => StatusCode::BAD_REQUEST,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::NotAcceptable => StatusCode::NOT_ACCEPTABLE,
            Self::UnsupportedMediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::PayloadTooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::GraphqlParseFailed | Self::GraphqlValidationFailed => match media {
                Media::GraphqlResponse => StatusCode::BAD_REQUEST,
                Media::Json => StatusCode::OK,
            },
            Self::Unauthenticated => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::NotAPerson => StatusCode::FORBIDDEN,
            Self::RateLimited => StatusCode::TOO_MANY_REQUESTS,
            Self::Timeout | Self::StaleRead | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

/// A request that is not executed: code and sentence. Both are for the client to read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct RequestRefusal {
    /// The stable code.
    pub code: RequestErrorCode,
    /// The sentence.
    pub message: Cow<'static, str>,
}

impl RequestRefusal {
    /// A refusal with its sentence.
    pub fn new(code: RequestErrorCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code, message: message.into() }
    }

    /// What a failure while `doing` something is to the client.
    pub fn failed(error: &(dyn Error + 'static), doing: &'static str) -> Self {
        Self::away(error).unwrap_or_else(|| {
            tracing::error!(%error, "{doing}");
            Self::new(RequestErrorCode::Internal, "internal error")
        })
    }

    /// The same when the database is away, for whoever hides other failures by itself.
    pub fn away(error: &(dyn Error + 'static)) -> Option<Self> {
        is_away(error).then(|| {
            tracing::warn!(%error, "the database is away");
            Self::new(RequestErrorCode::Unavailable, "the database does not answer; try again")
        })
    }

    pub(super) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(RequestErrorCode::BadRequest, message)
    }
}

impl From<GuardRefusal> for RequestRefusal {
    fn from(refusal: GuardRefusal) -> Self {
        Self::new(RequestErrorCode::Guard(refusal.code), refusal.to_string())
    }
}
