//! `templates`: one row a template, with what a ticket made from it starts with.
//!
//! Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Templates;
pub use read::{by_ids, count, page};
pub use row::TemplateRow;
