//! Templates: what tickets of a sort start with.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use mutation::TemplateMutation;
pub(super) use query::TemplateQuery;
pub(super) use types::Template;
