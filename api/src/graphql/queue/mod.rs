//! Queues: the lists people work by, those every desk has and those somebody saved.

mod input;
mod list;
mod mutation;
mod query;
mod saved;
mod types;
mod words;

#[cfg(test)]
mod tests;

pub(super) use list::{Known, What, by_key};
pub(super) use mutation::QueueMutation;
pub(super) use query::QueueQuery;
