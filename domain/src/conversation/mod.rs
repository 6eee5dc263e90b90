//! A conversation: what is said on a ticket. Its stream has the ticket's identity.

pub mod event;

pub use event::ConversationEvent;
