//! Notices: what somebody is told about tickets.

mod types;
mod words;

pub(super) use types::Notice;
