//! `dossiers`: one row a ticket that has one: tags, watchers, links, custom fields,
//! files.
//!
//! A ticket without a row has an empty dossier. Read by the API, and by the filters of `tickets`.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::Dossiers;
pub use read::by_ids;
pub use row::{AttachmentRow, DossierRow, FieldText};
