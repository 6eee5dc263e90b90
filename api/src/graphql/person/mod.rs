//! People: staff and clients, and whoever asks.

mod filter;
mod input;
mod leaving;
mod moving;
mod mutation;
mod query;
mod types;
pub(in crate::graphql) mod words;

pub(super) use mutation::PersonMutation;
pub(super) use query::PersonQuery;
pub(super) use types::{Person, Viewer};
