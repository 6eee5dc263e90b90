//! Signing in and out, one's own sessions, one's own password, and a one-time password for somebody
//! else. Nothing of it is an event but that a password changed.

mod input;
mod mutation;
mod types;

pub(super) use mutation::SessionMutation;
pub(super) use types::Session;
