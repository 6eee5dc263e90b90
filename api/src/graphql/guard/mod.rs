//! The document guard: refuses a GraphQL document that asks too much, before anything walks it.
//!
//! The library's own validation expands each fragment at each spread, so one kilobyte of fragments
//! that spread each other twice costs it seconds. The guard reads each definition **once**,
//! remembers a handful of numbers for each fragment, and adds those numbers with saturating
//! arithmetic wherever the fragment is spread. Its work is linear in the text.
//!
//! It is not validation: it does not know the schema beyond the names of the connection fields, and
//! a document it admits may still be invalid. It is not authorisation either.
//!
//! Called by the one admission function of `http::graphql`, whatever the transport:
//! [`check_source`] on the text, then [`check`] on the parsed document, then
//! [`Cost::within`] once the caller is known.

mod connections;
mod cost;
mod limits;
mod measure;
mod numbers;
mod order;
mod refusal;
mod source;
mod values;

#[cfg(test)]
pub(crate) mod tests;

use async_graphql::{Variables, parser::types::ExecutableDocument};

pub use connections::connection_fields;
pub use cost::Cost;
pub use limits::{Audience, CostBudgets, Limits};
pub use measure::selected;
pub use refusal::{GuardCode, GuardRefusal};
pub use source::check_source;

use measure::Survey;

/// Weighs a parsed document against the limits.
///
/// Structure (depth, fragments, expanded selections, root fields, aliases, directives, lists) is
/// checked for every operation, because the library validates all of them; cost and nodes only for
/// the operation that would run. When `operation_name` selects none, every operation must be
/// affordable, and choosing is left to the executor, which answers with its own error.
///
/// `variables` supply the page sizes that the text leaves open, and are themselves checked for long
/// lists and deep nesting.
///
/// # Errors
/// The first limit that is broken, with its stable code, the limit and what was asked.
pub fn check(
    document: &ExecutableDocument,
    operation_name: Option<&str>,
    variables: &Variables,
    limits: &Limits,
) -> Result<Cost, GuardRefusal> {
    Survey::new(document, operation_name, variables, limits).run()
}
