//! A person: staff or client, one stream each.
//!
//! ```text
//!   (none) ── register ──▶ active ── change password ──▶ active
//! ```
//!
//! Rules, by number:
//! - **P1** A person is registered once, with a login and a name; both are sealed in the history.
//! - **P2** Login and e-mail address are unique, whatever their case.
//! - **P3** A role fits the kind: clients are CLIENT or CLIENT_GROUP_LEAD, staff anything else.
//! - **P4** A client may belong to a customer organisation; staff to none.
//! - **P5** That a password changed is history; the password is not, nor its hash.
//!
//! Not here: which units a person belongs to (unit), credentials and sessions (no event at all).
//! Called by the gateway alone.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::PersonCommand;
pub use event::PersonEvent;
pub use refusal::PersonRefusal;
pub use state::Person;
pub use words::{Life, PersonKind, Role};
