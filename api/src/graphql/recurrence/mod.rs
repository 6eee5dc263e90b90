//! Recurrences: tickets that are opened again and again.

mod input;
mod mutation;
mod preview;
mod query;
mod types;
mod words;

pub(super) use mutation::RecurrenceMutation;
pub(super) use query::RecurrenceQuery;
pub(super) use types::Recurrence;
