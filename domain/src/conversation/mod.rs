//! A conversation: what is said on a ticket. Its stream has the ticket's identity.
//!
//! ```text
//!   (silence) ── reply, note ──▶ (words) ── reply, note ──▶ …
//! ```
//!
//! Rules, by number:
//! - **K1** Something is said on a ticket that exists, by a person, in words sealed under that
//!   person's key. A reply is for everybody who sees the ticket, a note for staff alone.
//! - **K2** Every state allows it, closed and cancelled too; only a merged ticket is silent: its
//!   matter goes on elsewhere.
//! - **K3** Active staff may be called upon, in a reply also the ticket's requester and author.
//! - **K4** What is said stays; the same comment again changes nothing.
//!
//! Not here: who may reply or note (the access guard), who hears of it (notifications).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;

pub use command::ConversationCommand;
pub use event::ConversationEvent;
pub use refusal::ConversationRefusal;
pub use state::Conversation;
