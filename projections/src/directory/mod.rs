//! `directory`: who is who, as far as rights and decisions depend on it.
//!
//! The inline model: its rows change with the append itself, so it is never behind and a change
//! binds on the next request. Nothing personal stands here. Read by the access guard and the
//! gateway.

mod access;
mod apply;
mod asking;
mod catalogue;
pub mod inline;
pub mod past;
mod principal;
pub mod read;
mod said;
#[cfg(test)]
mod tests;

pub use access::{Doing, LeftBehind, Outcome};
pub use apply::Directory;
pub use asking::Asking;
pub use past::Past;
pub use principal::{Principal, Speaker, principal, unentitled};
pub use read::{Known, known, settings, staff, team};
