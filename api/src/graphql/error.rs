//! Top-level errors: what is wrong with the request itself. A business "no" is a
//! [`UserError`](super::refusal::UserError) instead.

use std::error;

use async_graphql::{Error, ErrorExtensions};
use projections::{ReadError, Stale};

use super::id::BadId;
use crate::http::graphql::{RequestErrorCode, RequestRefusal};

/// The code of an error that only a change of password cures.
pub(crate) const PASSWORD_CHANGE_REQUIRED: &str = "PASSWORD_CHANGE_REQUIRED";

/// An error with a code that clients may rely on.
pub(super) fn coded(code: &'static str, message: impl Into<String>) -> Error {
    Error::new(message).extend_with(|_, values| values.set("code", code))
}

/// An argument has the right type and still cannot be used.
pub(super) fn bad_request(message: impl Into<String>) -> Error {
    coded(RequestErrorCode::BadRequest.as_str(), message)
}

/// Nobody is signed in.
pub(super) fn unauthenticated() -> Error {
    coded(RequestErrorCode::Unauthenticated.as_str(), "sign in first")
}

/// The caller may not ask this at all.
pub(super) fn forbidden() -> Error {
    coded(RequestErrorCode::Forbidden.as_str(), "this is not permitted")
}

/// A view does not show yet what was asked of it.
pub(super) fn behind(stale: &Stale) -> Error {
    coded(RequestErrorCode::StaleRead.as_str(), stale.to_string())
}

/// A fault of ours, or of the database.
pub(super) fn internal(error: impl error::Error + 'static) -> Error {
    failed(&error)
}

/// The same of an error that is needed further. A fault of ours carries no code, so that the HTTP
/// layer logs the sentence and hides it.
pub(super) fn failed(error: &(dyn error::Error + 'static)) -> Error {
    match RequestRefusal::away(error) {
        Some(RequestRefusal { code, message }) => coded(code.as_str(), message),
        None => Error::new(error.to_string()),
    }
}

/// What the read side answered instead of rows.
pub(super) fn unread(error: ReadError) -> Error {
    match error {
        ReadError::BadCursor => bad_cursor(),
        ReadError::BadFilter(sentence) => bad_request(sentence),
        error @ (ReadError::Database(_)
        | ReadError::Row(_)
        | ReadError::Ending(_)
        | ReadError::Almanac(_)
        | ReadError::Event(_)) => internal(error),
    }
}

/// The cursor is none, or of another list.
pub(super) fn bad_cursor() -> Error {
    bad_request("the cursor is not one of this list with these arguments")
}

/// An argument is no id, or the id of something else.
pub(super) fn bad_id(fault: BadId) -> Error {
    bad_request(fault.to_string())
}
