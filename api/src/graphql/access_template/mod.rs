//! Templates of grants: what is granted together.

mod input;
mod mutation;
mod query;
mod types;

pub(super) use input::AccessGrantedInput;
pub(super) use mutation::AccessTemplateMutation;
pub(super) use query::AccessTemplateQuery;
pub(super) use types::AccessTemplate;
