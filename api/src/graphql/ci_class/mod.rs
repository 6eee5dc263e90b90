//! Classes of configuration items: what is said of items, how they are related, what tells them apart,
//! when they fall. Other classes are called by their names, as in imports.

mod input;
mod mutation;
mod query;
mod types;
pub(super) mod words;

pub(super) use mutation::CiClassMutation;
pub(super) use query::CiClassQuery;
pub(super) use types::CiClass;
