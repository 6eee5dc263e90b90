//! Custom fields: what tickets of some kinds say besides.

mod input;
mod mutation;
mod query;
mod types;
pub(super) mod words;

pub(super) use mutation::CustomFieldMutation;
pub(super) use query::CustomFieldQuery;
pub(super) use types::CustomField;
