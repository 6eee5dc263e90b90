//! Signing in and out, and one's own password. Nothing of it is an event but that a password
//! changed.

mod input;
mod mutation;
mod types;

pub(super) use mutation::SessionMutation;
