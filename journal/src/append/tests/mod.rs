//! Append: streams, commands, claims, inline views, and what is refused before it is stored.

mod claims;
mod commands;
mod inline;
mod payloads;
mod streams;
