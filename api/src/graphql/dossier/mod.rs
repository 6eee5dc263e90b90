//! What stands in tickets' dossiers: tags, watchers, links to other tickets, custom fields.

mod input;
mod list;
mod load;
mod mutation;
mod types;
mod words;

pub(super) use list::{children, fields, is_of_the_desk, links, parent, tags, watchers};
pub(super) use load::{dossier, watcher_ids};
pub(super) use mutation::DossierMutation;
pub(super) use types::{TicketField, TicketLink};
