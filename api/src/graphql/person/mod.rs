//! People: staff and clients, and whoever asks.

mod query;
mod types;
mod words;

pub(super) use query::PersonQuery;
pub(super) use types::{Person, Viewer};
