//! The pitfalls of a private PostgreSQL, each provoked once; and what the tests here share.

mod binaries;
mod entry;
mod init;
#[cfg(target_os = "linux")]
mod kills;
#[cfg(target_os = "linux")]
mod life;
mod pidfile;
mod places;
mod starts;
mod templates;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, Instant};

use sqlx::{ConnectOptions, PgConnection};
use tempfile::TempDir;

use super::owner::Owner;
use super::places::{Home, Places};
use super::{Cluster, ClusterError, ClusterOptions, KeeperCommand, Purpose};

crate::keeper_entry!();

/// A folder in memory where that exists, which PostgreSQL's user may pass through.
fn folder() -> TempDir {
    let parent = Some(PathBuf::from("/dev/shm")).filter(|folder| folder.is_dir());
    let parent = parent.unwrap_or_else(std::env::temp_dir);
    let folder = tempfile::Builder::new().prefix("annals-").tempdir_in(parent).unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
    folder
}

fn serving(folder: &Path) -> ClusterOptions {
    ClusterOptions {
        folder: folder.to_path_buf(),
        purpose: Purpose::Serve,
        keeper: KeeperCommand::TestEntry,
    }
}

async fn join(folder: &Path) -> Cluster {
    Cluster::join(serving(folder)).await.unwrap()
}

/// The sentence with which joining is refused.
async fn refusal(folder: &Path) -> String {
    Cluster::join(serving(folder)).await.unwrap_err().to_string()
}

async fn connect(cluster: &Cluster) -> Result<PgConnection, sqlx::Error> {
    cluster.superuser().connect().await
}

async fn number(connection: &mut PgConnection, query: &str) -> i64 {
    sqlx::query_scalar(query).fetch_one(connection).await.unwrap()
}

async fn run(connection: &mut PgConnection, statement: &str) {
    sqlx::raw_sql(statement).execute(connection).await.unwrap();
}

/// Waits for something that another process does.
fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_secs(20), "waited in vain: {what}");
        sleep(Duration::from_millis(5));
    }
}

/// Number of the postmaster in the pid file.
fn postmaster(folder: &Path) -> Option<i32> {
    super::pidfile::read(&folder.join("data")).unwrap().map(|file| file.pid)
}

fn places(folder: &Path) -> (Places, Owner) {
    let fallback = super::places::Fallback { root: folder.join("root"), temp: folder.join("temp") };
    Places::settle(Home::open(folder).unwrap(), &fallback).unwrap()
}

fn settle(folder: &Path, fallback: &Path) -> Result<Places, ClusterError> {
    let fallback = super::places::Fallback { root: fallback.into(), temp: fallback.into() };
    Places::settle(Home::open(folder)?, &fallback).map(|(places, _)| places)
}
