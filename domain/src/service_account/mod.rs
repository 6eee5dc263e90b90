//! A service account: a program that may do a few things, one stream each.
//!
//! ```text
//!   (none) ── register ──▶ registered ── retire ──▶ retired
//!                          ▲        │ issue token, revoke token, change owner
//!                          └────────┘
//! ```
//!
//! Rules, by number:
//! - **Z1** An account is registered once, with a unique name, what it is for, and an owner.
//! - **Z2** It may do what it was given from a closed list, and at least one thing of it; whoever
//!   registers it or issues a token for it may do all that themselves.
//! - **Z3** It speaks with a token that ends within 90 days; at most two serve at a time, so that one
//!   can take over from the other. The secret is no part of its history.
//! - **Z4** A token that was revoked or has ended never serves again.
//! - **Z5** Its owner is an active member of staff. Without one it speaks for nobody, and no token is
//!   issued, until it has another owner.
//! - **Z6** A retired account is over: no token of it serves, and its name is free.
//! - **Z7** It may be a part of one system, for ever, and asks about that system's resources alone then.
//!
//! Not here: the secrets and whether one is right (the API's identity). Called by the gateway; its
//! state by the API's identity, to tell whether a token still serves.

pub mod aggregate;
pub mod command;
pub mod decide;
pub mod event;
pub mod refusal;
pub mod state;
#[cfg(test)]
mod tests;
pub mod words;

pub use command::ServiceAccountCommand;
pub use event::ServiceAccountEvent;
pub use refusal::ServiceAccountRefusal;
pub use state::ServiceAccount;
pub use words::Right;
