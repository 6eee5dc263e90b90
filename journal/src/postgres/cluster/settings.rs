//! What a cluster is for, and the PostgreSQL settings that follow from it.
//!
//! They are given on the command line of each start, so a new release changes them without
//! touching the data folder. Anything not named here may be set in `data/postgresql.conf`.

#![expect(
    clippy::disallowed_methods,
    reason = "the keeper is a process of its own, configured by its environment"
)]

use std::ffi::OsString;
use std::fmt;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

/// Overrides `shared_buffers` of a serving cluster, in PostgreSQL's notation (`512MB`).
const SHARED_BUFFERS: &str = "ANNALS_PG_SHARED_BUFFERS";

/// What a cluster is for. Written into its marker: one folder never changes its purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The journal of record: every commit is on disk before it is acknowledged.
    Serve,
    /// Tests: nothing survives a crash, no password, wiped before each cold start.
    Test,
}

impl Purpose {
    /// How long the keeper waits for another user after the last one left.
    pub(super) fn grace(self) -> Duration {
        match self {
            Purpose::Serve => Duration::ZERO,
            Purpose::Test => std::env::var("ANNALS_TEST_GRACE")
                .ok()
                .and_then(|seconds| seconds.parse().ok())
                .map_or(Duration::from_secs(3), Duration::from_secs),
        }
    }

    /// Settings as `name=value`, without the socket folder.
    fn settings(self) -> &'static [&'static str] {
        match self {
            Purpose::Serve => SERVE,
            Purpose::Test => TEST,
        }
    }
}

impl fmt::Display for Purpose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Purpose::Serve => "serve",
            Purpose::Test => "test",
        })
    }
}

impl FromStr for Purpose {
    type Err = UnknownPurpose;

    fn from_str(text: &str) -> Result<Self, UnknownPurpose> {
        match text {
            "serve" => Ok(Purpose::Serve),
            "test" => Ok(Purpose::Test),
            _ => Err(UnknownPurpose),
        }
    }
}

/// A word that is neither `serve` nor `test`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the purpose of a cluster is serve or test")]
pub struct UnknownPurpose;

/// One file system write per commit stays the rule; the rest keeps a small machine small.
const SERVE: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    // Two servers and the tools.
    "max_connections=300",
    "fsync=on",
    "synchronous_commit=on",
    "full_page_writes=on",
    // pglz: it is in every build, and an unknown method would prevent the start.
    "wal_compression=on",
    "max_wal_size=512MB",
    "max_wal_senders=2",
    "jit=off",
    "random_page_cost=1.1",
    "max_prepared_transactions=0",
    "idle_in_transaction_session_timeout=60s",
    // Ends the busy backend of a killed client, which would otherwise block the next start.
    "client_connection_check_interval=1s",
    "max_logical_replication_workers=0",
    "max_parallel_workers_per_gather=0",
    "log_checkpoints=off",
    "log_timezone=UTC",
    "timezone=UTC",
];

const TEST: &[&str] = &[
    "listen_addresses=",
    "port=5432",
    "unix_socket_permissions=0700",
    "max_connections=800",
    "shared_buffers=64MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    // A worker sitting in the template would stop it from being cloned.
    "autovacuum=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "max_wal_size=256MB",
    "jit=off",
    "max_parallel_workers_per_gather=0",
    "max_logical_replication_workers=0",
    // A server of somebody else's may allow them, so it is tested what they do to settling.
    "max_prepared_transactions=10",
    "client_connection_check_interval=1s",
    "log_checkpoints=off",
    "log_timezone=UTC",
    "timezone=UTC",
];

/// The arguments of `postgres` after `-D DATA`: a `-c name=value` for each setting.
pub(super) fn arguments(purpose: Purpose, socket_dir: &Path) -> Vec<OsString> {
    let mut values: Vec<OsString> = purpose.settings().iter().map(OsString::from).collect();
    if purpose == Purpose::Serve {
        let buffers = std::env::var(SHARED_BUFFERS).ok().filter(|value| is_size(value));
        values.push(format!("shared_buffers={}", buffers.as_deref().unwrap_or("128MB")).into());
    }
    values.push(socket_setting(socket_dir));
    values.into_iter().flat_map(|value| [OsString::from("-c"), value]).collect()
}

/// The setting is a list: quoted, so that a comma or a space in the path stays part of it.
fn socket_setting(socket_dir: &Path) -> OsString {
    let mut bytes = b"unix_socket_directories=\"".to_vec();
    for &byte in socket_dir.as_os_str().as_bytes() {
        if byte == b'"' {
            bytes.push(b'"');
        }
        bytes.push(byte);
    }
    bytes.push(b'"');
    OsString::from_vec(bytes)
}

/// Whether a value is a size such as `512MB`; a bad one is ignored rather than fatal.
fn is_size(value: &str) -> bool {
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit());
    unit.len() < value.len() && matches!(unit, "kB" | "MB" | "GB")
}
