//! Which errors of an execution a client may read.
//!
//! An error that a resolver meant for the client carries a code. One without a code is either the
//! library's, about the document or an argument, or it slipped through a `?`: its text may hold
//! anything, so it goes to the log and the client learns only that the fault is ours.

use async_graphql::{ErrorExtensionValues, ServerError};

use super::RequestErrorCode;

/// Longest message, in characters; the library quotes what it was sent.
const MESSAGE_LENGTH: usize = 200;

/// Most errors in one answer; a document can break the same rule thousands of times.
const ERROR_COUNT: usize = 20;

/// How the library begins its sentences about arguments that cannot be read.
const BAD_ARGUMENT: [&str; 2] = ["Failed to parse \"", "Expected input type \""];

/// Gives every error a code, hides internal messages and cuts long ones.
pub(crate) fn filter(errors: &mut Vec<ServerError>) {
    errors.truncate(ERROR_COUNT);
    for error in errors {
        if error.extensions.as_ref().is_none_or(|values| values.get("code").is_none()) {
            let code = classify(error);
            if code == RequestErrorCode::Internal {
                tracing::error!(error = %error.message, path = ?error.path, "a resolver failed");
                "internal error".clone_into(&mut error.message);
                error.source = None;
            }
            error
                .extensions
                .get_or_insert_with(ErrorExtensionValues::default)
                .set("code", code.as_str());
        }
        cut(&mut error.message);
    }
}

fn classify(error: &ServerError) -> RequestErrorCode {
    if error.source.is_none() && BAD_ARGUMENT.iter().any(|start| error.message.starts_with(start)) {
        RequestErrorCode::BadRequest
    } else if error.source.is_none() && error.path.is_empty() {
        RequestErrorCode::GraphqlValidationFailed
    } else {
        RequestErrorCode::Internal
    }
}

/// Cuts a message at its limit, between characters.
pub(super) fn cut(message: &mut String) {
    if let Some((end, _)) = message.char_indices().nth(MESSAGE_LENGTH) {
        message.truncate(end);
    }
}
