//! The deployment's settings, with their history.

mod input;
mod mutation;
mod query;
mod types;
pub(in crate::graphql) mod words;

pub(super) use mutation::SettingsMutation;
pub(super) use query::SettingsQuery;
