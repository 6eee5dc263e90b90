//! What the inputs of all nouns share: reading ids, and saying what does not go together.

use std::collections::BTreeSet;

use async_graphql::ID;

use super::id::{self, Identity};
use super::refusal::{ErrorCode, UserError};

/// One id.
pub(super) fn single<T: Identity>(field: &str, id: &ID) -> Result<T, UserError> {
    id::decode(id).map_err(|fault| UserError::bad_id(field, fault))
}

/// One id or none.
pub(super) fn optional<T: Identity>(field: &str, id: Option<&ID>) -> Result<Option<T>, UserError> {
    id.map(|id| single(field, id)).transpose()
}

/// Any number of ids.
pub(super) fn several<T: Identity + Ord>(
    field: &str,
    ids: Option<&[ID]>,
) -> Result<BTreeSet<T>, UserError> {
    ids.unwrap_or_default().iter().map(|id| single(field, id)).collect()
}

/// Inputs that are fine alone and do not go together.
pub(super) fn one_way(field: &str, message: &str) -> UserError {
    UserError::new(ErrorCode::InvalidInput, message).at(field)
}

/// A small number. What no such number holds is the greatest of them, which the rules refuse.
pub(super) fn small<T: TryFrom<i32>>(value: i32, most: T) -> T {
    T::try_from(value).unwrap_or(most)
}
