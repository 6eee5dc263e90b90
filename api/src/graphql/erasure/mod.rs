//! Erasures: what is known of somebody becomes unreadable for ever, by two people and with a certificate.

mod certificate;
mod input;
mod mutation;
mod query;
mod types;
mod words;

pub(super) use input::whom;
pub(super) use mutation::ErasureMutation;
pub(super) use query::ErasureQuery;
pub(super) use types::Erasure;
