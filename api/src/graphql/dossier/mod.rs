//! What stands in tickets' dossiers: tags, watchers, links to other tickets, custom fields.

mod input;
mod list;
mod load;
mod mutation;
mod types;
mod words;

pub(super) use list::{
    children, fields, is_of_the_desk, links, parent, tags, watcher_ids, watchers,
};
pub(super) use load::dossier;
pub(super) use mutation::DossierMutation;
pub(super) use types::{TicketField, TicketLink};
