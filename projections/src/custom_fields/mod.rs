//! `custom_fields`: one row a custom field, for its name, form and choices.
//!
//! What a ticket has in it is in `dossiers`. Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::CustomFields;
pub use read::{FieldFilter, by_ids, count, page};
pub use row::CustomFieldRow;
