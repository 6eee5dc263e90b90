//! What is HTTP: handlers and their wire formats.

pub mod graphql;
