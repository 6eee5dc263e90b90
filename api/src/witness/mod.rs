//! Witnesses over HTTP: the server of one, and how the signer asks others.
//!
//! What is signed and believed is decided in `journal`; here are routes, limits and a client.

mod asking;
mod serving;
#[cfg(test)]
mod tests;

pub use asking::HttpCarrier;
pub use serving::router;
