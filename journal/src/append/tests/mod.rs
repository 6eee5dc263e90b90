//! Append: streams, commands, claims, inline views, and what is refused before it is stored.

mod claims;
mod commands;
mod inline;
mod order;
mod payloads;
mod streams;
