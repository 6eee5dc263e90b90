//! What is GraphQL and not HTTP: the document guard, the schema, and a folder a noun.
//!
//! A noun's folder holds `types.rs` (newtypes over read rows), `query.rs`, and, where it has any,
//! `mutation.rs`. A query asks the access guard how far the caller's reads reach and hands that to
//! the read side; a mutation turns its input into a command and hands it to the gateway. No rule
//! of the desk stands here, and no SQL.
//!
//! The server's composition calls [`schema()`] once and [`Visit::enter`] for each request.

pub mod guard;

mod access;
mod command;
mod compare;
mod context;
mod error;
mod id;
mod input;
mod loader;
mod node;
mod notice;
mod page;
mod payload;
mod person;
mod projection;
mod refusal;
mod scalar;
mod schema;
mod session;
mod settings;
mod subject;
mod ticket;
mod timeline;
mod unit;

#[cfg(test)]
mod tests;

pub use context::{Services, Visit, caught_up};
pub use refusal::ErrorCode;
pub use scalar::Position;
pub use schema::{Mutation, Query, Schema, schema, sdl};
