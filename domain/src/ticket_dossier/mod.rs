//! A ticket's dossier: tags, watchers, links, custom fields, files; in the stream of its identity.
//!
//! ```text
//!   (empty) ─ tag, watch, link, fill, attach ─▶ (says something) ─ untag, unwatch, unlink, empty, detach ─▶ …
//! ```
//!
//! Rules, by number:
//! - **D1** A dossier is that of a ticket that exists; a merged ticket's never changes again.
//! - **D2** When the ticket is closed or cancelled, only its watchers change, and its links other
//!   than those to parent and children.
//! - **D3** It has at most 50 tags, in lower case.
//! - **D4** At most 100 active staff watch.
//! - **D5** Links lead to another ticket that exists, at most 500, each told on both dossiers; the
//!   caller writes both, each decides its own side.
//! - **D6** A ticket has one parent at most, and stands either above or below: children have no
//!   children. Neither end is closed or cancelled.
//! - **D7** A custom field is filled when it belongs to the ticket's kind, with what it takes; words
//!   are sealed under the requester's key. What is hidden from clients is unknown to them.
//!
//! - **D8** At most 100 files, each of a size and media type that the settings take; whoever attached
//!   one detaches it, or who steers. What is for staff alone is unknown to clients.
//!
//! Not here: what a file holds, which the journal's crate keeps apart; the ticket's life cycle. Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::TicketDossierCommand;
pub use event::{FieldValue, TicketDossierEvent};
pub use refusal::TicketDossierRefusal;
pub use state::{Attachment, Dossier};
pub use words::LinkKind;
