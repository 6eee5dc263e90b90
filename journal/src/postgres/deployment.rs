//! The database of a deployment: a private PostgreSQL in the data folder, or the one that
//! `DATABASE_URL` names; migrated, with its login and the key that wraps all data keys.
//!
//! Called by the composition of every binary.

use std::path::{Path, PathBuf};

use hmac::{Hmac, Mac};
use sha2::Sha256;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};

use super::cluster::{Cluster, ClusterError, ClusterOptions, Purpose};
use super::connect::{ConnectError, check_server};
use super::guard;
use super::migrate::{MigrateError, migrate};
use crate::erasure::Ledger;
use crate::seal::{MasterKey, SealError};

/// The database all deployments of a private cluster use.
const DATABASE: &str = "annals";
/// The login of the application; it acts as annals_app unless it says otherwise.
const LOGIN: &str = "annals_login";

/// Where the database is to come from.
#[derive(Debug, Clone)]
pub struct Place {
    /// The data folder; the wrapping key stands there in either case.
    pub data_dir: PathBuf,
    /// A server of somebody else's, which is neither started nor stopped.
    pub database_url: Option<String>,
}

/// An open, migrated database.
pub struct Deployment {
    /// The application's login.
    pub login: PgConnectOptions,
    /// Whoever owns everything; the same as `login` with a foreign server.
    pub owner: PgConnectOptions,
    /// The wrapping key.
    pub master_key: MasterKey,
    /// What was erased; before anything is read, [`Ledger::guard`] has to be asked.
    pub erasures: Ledger,
    /// Sentences for whoever started us, such as where the data are.
    pub notices: Vec<String>,
    server: Server,
}

/// Whose server it is.
enum Server {
    /// Ours, in the data folder.
    Private(Cluster),
    /// Somebody else's, by its connection string.
    Foreign(String),
}

impl std::fmt::Debug for Deployment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without secrets.
        f.debug_struct("Deployment").field("notices", &self.notices).finish_non_exhaustive()
    }
}

/// Why there is no database.
#[derive(Debug, thiserror::Error)]
pub enum DeploymentError {
    /// The private cluster; one sentence each.
    #[error(transparent)]
    Cluster(#[from] ClusterError),
    /// `DATABASE_URL` is no connection string.
    #[error("DATABASE_URL is not a PostgreSQL connection string")]
    BadUrl,
    /// The server.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The tables.
    #[error(transparent)]
    Migrate(#[from] MigrateError),
    /// The wrapping key.
    #[error(transparent)]
    MasterKey(#[from] SealError),
    /// The data folder cannot be made.
    #[error("the data folder {} cannot be used: {kind}", .folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system said.
        kind: std::io::ErrorKind,
    },
    /// The application's login could not be made.
    #[error("preparing the database: {}", crate::error::describe(.0))]
    Prepare(#[from] sqlx::Error),
}

impl Deployment {
    /// Opens it: starts or joins the private cluster if need be, migrates, makes the login.
    pub async fn open(place: &Place) -> Result<Self, DeploymentError> {
        match &place.database_url {
            Some(url) => Self::foreign(place, url).await,
            None => Self::private(place).await,
        }
    }

    /// Leaves the private cluster; the last one out stops it.
    pub async fn close(self) -> Result<(), ClusterError> {
        match self.server {
            Server::Private(cluster) => cluster.leave().await,
            Server::Foreign(_) => Ok(()),
        }
    }

    /// A connection string that psql and others accept: the application's, or the owner's.
    pub fn url(&self, owner: bool) -> String {
        match &self.server {
            Server::Private(cluster) => {
                let secret = cluster.password().unwrap_or_default();
                let socket = percent_encoded(&cluster.socket_dir().to_string_lossy());
                let (user, secret) = match owner {
                    true => ("annals".to_owned(), secret.to_owned()),
                    false => (LOGIN.to_owned(), login_secret(secret)),
                };
                format!("postgresql://{user}:{secret}@localhost/{DATABASE}?host={socket}")
            }
            Server::Foreign(url) => url.clone(),
        }
    }

    async fn foreign(place: &Place, url: &str) -> Result<Self, DeploymentError> {
        let login: PgConnectOptions = url.parse().map_err(|_| DeploymentError::BadUrl)?;
        check_server(&login).await?;
        migrate(&login).await?;
        let notices = guard::warnings(&login).await?;
        notices.iter().for_each(|sentence| tracing::warn!("{sentence}"));
        Ok(Self {
            owner: login.clone(),
            login,
            master_key: master_key(&place.data_dir)?,
            erasures: Ledger::of(&place.data_dir),
            notices,
            server: Server::Foreign(url.to_owned()),
        })
    }

    async fn private(place: &Place) -> Result<Self, DeploymentError> {
        let cluster = Cluster::join(ClusterOptions::new(&place.data_dir, Purpose::Serve)).await?;
        let superuser = cluster.superuser();
        let secret = login_secret(cluster.password().unwrap_or_default());
        create_database(&superuser).await?;
        let owner = superuser.database(DATABASE);
        migrate(&owner).await?;
        create_login(&owner, &secret).await?;
        let login = owner.clone().username(LOGIN).password(&secret);
        Ok(Self {
            login,
            owner,
            master_key: master_key(&place.data_dir)?,
            erasures: Ledger::of(&place.data_dir),
            notices: cluster.notices().to_vec(),
            server: Server::Private(cluster),
        })
    }
}

fn percent_encoded(path: &str) -> String {
    path.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

fn master_key(data_dir: &Path) -> Result<MasterKey, DeploymentError> {
    std::fs::create_dir_all(data_dir).map_err(|error| DeploymentError::Folder {
        folder: data_dir.to_owned(),
        kind: error.kind(),
    })?;
    Ok(MasterKey::read_or_create(&data_dir.join("master.key"))?)
}

/// Made from the superuser's secret, which it does not reveal.
fn login_secret(superuser_secret: &str) -> String {
    let mut mac = <Hmac<Sha256> as Mac>::new_from_slice(superuser_secret.as_bytes())
        .expect("HMAC takes a key of any length");
    mac.update(LOGIN.as_bytes());
    crate::hex::hex(&mac.finalize().into_bytes())
}

async fn create_database(superuser: &PgConnectOptions) -> Result<(), sqlx::Error> {
    let mut conn = PgConnection::connect_with(superuser).await?;
    let created = sqlx::query(include_str!("sql/create_database.sql")).execute(&mut conn).await;
    conn.close().await?;
    match created {
        // duplicate_database, or its race on the catalogue
        Err(sqlx::Error::Database(error))
            if matches!(error.code().as_deref(), Some("42P04" | "23505")) =>
        {
            Ok(())
        }
        other => other.map(|_| ()),
    }
}

async fn create_login(owner: &PgConnectOptions, secret: &str) -> Result<(), sqlx::Error> {
    let mut conn = PgConnection::connect_with(owner).await?;
    // Roles cannot take bound parameters; the secret travels as a setting of the session instead.
    sqlx::query(include_str!("sql/offer_secret.sql")).bind(secret).execute(&mut conn).await?;
    sqlx::raw_sql(include_str!("sql/create_login.sql")).execute(&mut conn).await?;
    conn.close().await
}
