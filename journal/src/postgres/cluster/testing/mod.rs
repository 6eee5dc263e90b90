//! One PostgreSQL for all tests of a machine's user, and a database of its own for each test.
//!
//! A test binary is not the program `annals`, so each one that uses this carries
//! [`keeper_entry!`](crate::keeper_entry) once, anywhere: it makes a test that does nothing, unless
//! it is run again as the keeper. No fixture and no schema: what a template holds is the caller's.

#![expect(clippy::disallowed_methods, reason = "tests are configured by their environment")]

mod database;

use std::path::{Path, PathBuf};
use std::str::FromStr;

use sqlx::postgres::PgConnectOptions;
use tokio::sync::OnceCell;

use super::error::ClusterError;
use super::init::free_bytes;
use super::places::make_private;
use super::{Cluster, ClusterOptions, KeeperCommand, Purpose, keeper_main};

pub use crate::keeper_entry;
pub use database::{TestDatabase, database_from_template};

/// Environment variable with the folder of the cluster to keep; makes `keeper_entry` a keeper.
pub(super) const FOLDER: &str = "ANNALS_KEEPER_FOLDER";
/// Environment variable with its purpose.
pub(super) const PURPOSE: &str = "ANNALS_KEEPER_PURPOSE";

/// Memory-backed storage is used from this many free bytes on.
const ROOMY: u64 = 4 << 30;

/// Makes the test `keeper_entry`, by which this test binary can be its own keeper of PostgreSQL.
/// Once in each test binary; no other test there may have `keeper_entry` in its name.
#[macro_export]
macro_rules! keeper_entry {
    () => {
        #[test]
        fn keeper_entry() {
            $crate::postgres::cluster::testing::run_keeper_if_asked();
        }
    };
}

/// Body of the test `keeper_entry`: returns at once, unless this process was started to be a
/// keeper; then it ends the process with the keeper's exit code.
pub fn run_keeper_if_asked() {
    let Some(folder) = std::env::var_os(FOLDER) else { return };
    let purpose = std::env::var(PURPOSE).ok().and_then(|text| Purpose::from_str(&text).ok());
    std::process::exit(keeper_main(Path::new(&folder), purpose.unwrap_or(Purpose::Test)));
}

/// The PostgreSQL that tests use.
#[derive(Debug)]
pub enum TestServer {
    /// The shared private one, held for as long as this process lives.
    Private(Cluster),
    /// The one that `DATABASE_URL` names, whose role has to be a superuser.
    Given(Box<PgConnectOptions>),
}

impl TestServer {
    /// A superuser in a database that is no test's own.
    pub fn superuser(&self) -> PgConnectOptions {
        match self {
            TestServer::Private(cluster) => cluster.superuser(),
            TestServer::Given(options) => options.as_ref().clone(),
        }
    }
}

/// Why there is no PostgreSQL for tests.
#[derive(Debug, thiserror::Error)]
pub enum TestServerError {
    /// The private one could not be joined.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// `DATABASE_URL` is set and makes no sense.
    #[error("DATABASE_URL is not a PostgreSQL address")]
    BadAddress,
}

/// The PostgreSQL for the tests of this process, joined once and shared with other processes. It
/// is stopped a few seconds after the last of them ended (`ANNALS_TEST_GRACE`, in seconds).
///
/// # Errors
/// A bad `DATABASE_URL`, or what kept the private cluster from starting.
pub async fn shared_test_cluster() -> Result<&'static TestServer, TestServerError> {
    static SHARED: OnceCell<TestServer> = OnceCell::const_new();
    SHARED.get_or_try_init(join_test_server).await
}

async fn join_test_server() -> Result<TestServer, TestServerError> {
    if let Some(url) = std::env::var("DATABASE_URL").ok().filter(|url| !url.is_empty()) {
        let options = PgConnectOptions::from_str(&url).map_err(|_| TestServerError::BadAddress)?;
        return Ok(TestServer::Given(Box::new(options)));
    }
    let options = ClusterOptions {
        folder: test_folder()?,
        purpose: Purpose::Test,
        keeper: KeeperCommand::TestEntry,
    };
    Ok(TestServer::Private(Cluster::join(options).await?))
}

/// In memory where it fits (by free bytes, not by name: containers often give 64 MB).
fn test_folder() -> Result<PathBuf, ClusterError> {
    let memory = Path::new("/dev/shm");
    let roomy = free_bytes(memory).is_ok_and(|free| free >= ROOMY);
    let parent = if roomy { memory.to_path_buf() } else { std::env::temp_dir() };
    let uid = rustix::process::geteuid().as_raw();
    let folder = parent.join(format!("annals-test-{uid}"));
    make_private(&folder, uid)?;
    Ok(folder)
}
