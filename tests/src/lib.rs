//! What the whole-system suites stand on: the real binaries against a real Postgres.
//!
//! Each test gets a database of its own, cloned from a template in which the real server has seeded
//! the demo organisation, and its own server process on a port of its own. Nothing is shared, so
//! tests run side by side. Called by `suite/` alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "tests name their folders by chance")]

mod binary;
mod client;
mod folder;
mod sse;
mod world;

pub use binary::{Finished, Process, binary, run, send};
pub use client::{Answer, Client};
pub use folder::Folder;
pub use sse::{Listener, Told};
pub use world::{DEMO_PASSWORD, World};
