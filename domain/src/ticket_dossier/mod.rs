//! A ticket's dossier: tags, watchers, links, custom fields. Its stream has the ticket's identity.

pub mod event;
pub mod state;
pub mod words;

pub use event::{FieldValue, TicketDossierEvent};
pub use state::Dossier;
pub use words::LinkKind;
