//! A PostgreSQL of one test's own: with its own transaction numbers, prepared transactions, and nobody
//! else's transactions in it.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Command;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection};
use tempfile::TempDir;

use super::run;
use crate::postgres::cluster::{Cluster, ClusterOptions, KeeperCommand, Purpose};
use crate::postgres::migrate::migrate;

/// A running server; ended by [`Server::end`].
#[derive(Debug)]
pub(crate) struct Server {
    cluster: Cluster,
    folder: TempDir,
}

impl Server {
    pub(crate) async fn start() -> Self {
        let parent = Some(PathBuf::from("/dev/shm")).filter(|folder| folder.is_dir());
        let parent = parent.unwrap_or_else(std::env::temp_dir);
        let folder = tempfile::Builder::new().prefix("annals-").tempdir_in(parent).unwrap();
        // PostgreSQL's user has to pass through.
        fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
        let cluster = Cluster::join(ClusterOptions {
            folder: folder.path().to_path_buf(),
            purpose: Purpose::Test,
            keeper: KeeperCommand::TestEntry,
        });
        Self { cluster: cluster.await.unwrap(), folder }
    }

    /// The superuser in a new, empty database.
    pub(crate) async fn empty(&self, name: &str) -> PgConnectOptions {
        let mut conn = self.cluster.superuser().connect().await.unwrap();
        run(&mut conn, &format!("create database {name}")).await.unwrap();
        conn.close().await.unwrap();
        self.cluster.superuser().database(name)
    }

    /// The superuser in a new, migrated database.
    pub(crate) async fn migrated(&self, name: &str) -> PgConnectOptions {
        let options = self.empty(name).await;
        migrate(&options).await.unwrap();
        options
    }

    /// Where it listens.
    pub(crate) fn socket(&self) -> String {
        self.cluster.socket_dir().display().to_string()
    }

    /// Runs a program of PostgreSQL against it; none when it is not installed.
    pub(crate) fn program(&self, name: &str, arguments: &[&str]) -> Option<()> {
        let socket = self.socket();
        let mut program = Command::new(name);
        let done = program.args(["-h", &socket, "-U", "annals"]).args(arguments).status();
        match done {
            Ok(status) => {
                assert!(status.success(), "{name} {arguments:?}");
                Some(())
            }
            Err(error) => {
                assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{name}");
                None
            }
        }
    }

    /// Stops it.
    pub(crate) async fn end(self) {
        self.cluster.leave().await.unwrap();
        self.folder.close().unwrap();
    }
}
