//! The private PostgreSQL of one Annals folder: found, made, started, shared and stopped without
//! any configuration.
//!
//! ```text
//! FOLDER/            users.lock    each user of the cluster holds it shared
//!   data/  run/      start.lock    one starter at a time
//!   secret           keeper.lock   held by the keeper; its text says what the keeper is doing
//!   postgres.log     ANNALS_CLUSTER  marker, written last: without it `data/` is half-made
//! ```
//!
//! The *keeper*, a hidden subcommand of the same binary, owns the `postgres` process. The kernel
//! counts the users by file locks, so server and command line tools come and go in any order, and
//! a killed one is counted out by itself. PostgreSQL listens on a Unix socket only.
//!
//! Not a pool and not migrations: this hands out connection options of the superuser and stops
//! there. Called by the binaries when no `DATABASE_URL` is given, and by tests ([`testing`]).

mod attach;
mod binaries;
mod error;
mod init;
mod join;
mod keeper;
mod owner;
mod pidfile;
mod places;
mod process;
mod server;
mod settings;
mod state;
pub mod testing;

#[cfg(test)]
mod tests;

pub use attach::KeeperCommand;
pub use error::ClusterError;
pub use join::{Cluster, ClusterOptions};
pub use keeper::keeper_main;
pub use settings::{Purpose, UnknownPurpose};
