//! Postgres: pools and roles, migrations, the private cluster.

pub mod cluster;
pub mod connect;
pub mod deployment;
mod guard;
pub(crate) mod hot;
pub(crate) mod instant;
pub mod migrate;
