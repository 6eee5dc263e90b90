//! Annals as a server: the only crate that knows HTTP and GraphQL, and the composition point.
//!
//! A request's way: HTTP → identity (who calls) → document guard → GraphQL → command gateway, or a
//! read model → answer. No SQL text and no business rule stands here.

mod asking;
pub mod boot;
pub mod cli;
pub mod exporting;
pub mod falling;
pub mod gateway;
pub mod graphql;
pub mod http;
pub mod identity;
pub mod reporting;
pub mod routing;
pub mod witness;
pub mod workers;
