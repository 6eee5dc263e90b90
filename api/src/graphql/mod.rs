//! What is GraphQL and not HTTP.

pub mod guard;
