//! Where everything is measured: one private PostgreSQL with the settings of a serving Annals, a
//! database a benchmark, and a folder that is gone afterwards.
//!
//! Durability is as shipped: every commit is on disk before it is acknowledged. Two settings differ,
//! both stated in the report: more connections, because the references need one a client, and
//! pg_stat_statements where it is installed, which says how long the server took.

mod binaries;

use std::path::{Path, PathBuf};

use journal::postgres::cluster::{Cluster, ClusterOptions, KeeperCommand, Purpose};
use journal::postgres::deployment::Place;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection, Row};

use crate::Fault;
use binaries::Binaries;

/// The running ground.
pub(crate) struct Ground {
    folder: PathBuf,
    binaries: Binaries,
    cluster: Cluster,
}

/// A database of its own.
#[derive(Debug, Clone)]
pub(crate) struct Database {
    /// The superuser's login.
    pub(crate) options: PgConnectOptions,
    /// The same, as a connection string.
    pub(crate) url: String,
    /// Its name.
    pub(crate) name: String,
    /// The data folder that goes with it.
    pub(crate) folder: PathBuf,
    /// For programs that log in by themselves.
    pub(crate) socket: PathBuf,
    pub(crate) password: String,
}

impl Ground {
    /// Starts it.
    pub(crate) async fn open() -> Result<Self, Fault> {
        let folder = std::env::temp_dir().join(format!("annals-bench-{}", std::process::id()));
        std::fs::create_dir_all(&folder)?;
        let binaries = Binaries::find()?;
        let keeper = binaries.keeper(&folder, &testbed::binary("annals"))?;
        let options = ClusterOptions {
            folder: folder.join("cluster"),
            purpose: Purpose::Serve,
            keeper: KeeperCommand::Program(keeper),
        };
        let cluster = Cluster::join(options).await?;
        Ok(Self { folder, binaries, cluster })
    }

    /// A new, empty database.
    pub(crate) async fn database(&self, name: &str) -> Result<Database, Fault> {
        let superuser = self.cluster.superuser();
        let mut conn = PgConnection::connect_with(&superuser).await?;
        sqlx::query(&format!("create database {name}")).execute(&mut conn).await?;
        conn.close().await?;
        let folder = self.folder.join(name);
        std::fs::create_dir_all(&folder)?;
        let password = self.cluster.password().unwrap_or_default().to_owned();
        let socket = self.cluster.socket_dir().to_owned();
        let host = socket.display().to_string().replace('/', "%2F");
        let options = superuser.database(name);
        let options = options.log_statements(tracing::log::LevelFilter::Off);
        let url = format!("postgresql://annals:{password}@localhost/{name}?host={host}");
        Ok(Database { options, url, name: name.to_owned(), folder, socket, password })
    }

    /// Drops a database that is no longer needed: a full disk is nobody's reference.
    pub(crate) async fn drop(&self, database: Database) -> Result<(), Fault> {
        let mut conn = PgConnection::connect_with(&self.cluster.superuser()).await?;
        let drop = format!("drop database {} with (force)", database.name);
        sqlx::query(&drop).execute(&mut conn).await?;
        sqlx::query("checkpoint").execute(&mut conn).await?;
        conn.close().await?;
        Ok(())
    }

    /// A program of PostgreSQL's.
    pub(crate) fn program(&self, name: &str) -> PathBuf {
        self.binaries.folder.join(name)
    }

    /// A folder for passing things, such as scripts.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the server counts its statements.
    pub(crate) fn counts_statements(&self) -> bool {
        self.binaries.counts_statements
    }

    /// What the server says it is.
    pub(crate) async fn version(&self) -> Result<String, Fault> {
        let mut conn = PgConnection::connect_with(&self.cluster.superuser()).await?;
        let row = sqlx::query("show server_version").fetch_one(&mut conn).await?;
        conn.close().await?;
        Ok(row.try_get(0)?)
    }

    /// Stops the server and removes everything.
    pub(crate) async fn close(self) -> Result<(), Fault> {
        self.cluster.leave().await?;
        std::fs::remove_dir_all(self.folder)?;
        Ok(())
    }
}

impl Database {
    /// As a deployment, for opening it in this process.
    pub(crate) fn place(&self) -> Place {
        Place { data_dir: self.folder.clone(), database_url: Some(self.url.clone()) }
    }

    /// A connection of the superuser's.
    pub(crate) async fn connect(&self) -> Result<PgConnection, Fault> {
        Ok(PgConnection::connect_with(&self.options).await?)
    }
}
