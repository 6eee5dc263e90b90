//! What people are told about tickets and access requests, and which of it they have read.

mod mutation;
mod query;
mod types;
mod words;

pub(super) use mutation::NoticeMutation;
pub(super) use query::NoticeQuery;
pub(super) use types::Notice;
