//! `service_accounts`: one row a service account, with its tokens.
//!
//! No secrets, and not what a token is recognised by. Read by the API.

mod apply;
pub mod read;
mod row;
#[cfg(test)]
mod tests;

pub use apply::ServiceAccounts;
pub use read::{by_ids, count, page};
pub use row::{ServiceAccountRow, TokenRow};
