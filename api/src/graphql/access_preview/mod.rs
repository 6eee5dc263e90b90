//! What a grant would come to, before it is given: the blast radius.

mod query;
mod types;

pub(super) use query::AccessPreviewQuery;
