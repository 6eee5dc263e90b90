//! The only crate that knows HTTP and GraphQL.

pub mod graphql;
pub mod http;
