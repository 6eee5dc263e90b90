//! The deployment that is read: its database joined or started, and left again at the end.
//!
//! Never made: a mistyped folder must not become an empty deployment that is called sound.

use std::io::Write;

use journal::postgres::connect::{self, ActingAs};
use journal::postgres::deployment::{Deployment, Place};
use journal::signer::Folder;
use journal::{Journal, Keyring};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Executor, PgConnection, Row};

use crate::failure::Failure;

/// Connections for keys: those who fill a view side by side ask at once.
const KEYS: u32 = 4;
/// One state of everything, for as long as it takes: also while somebody pages through the output.
const SNAPSHOT: &str = "begin isolation level repeatable read, read only; \
                        set local idle_in_transaction_session_timeout = 0";

/// A snapshot that other connections can look at as well.
#[derive(Debug)]
pub(crate) struct Shared {
    name: String,
}

impl Shared {
    /// The snapshot of this connection's transaction.
    pub(crate) async fn of(conn: &mut PgConnection) -> Result<Self, Failure> {
        let row = sqlx::query(include_str!("sql/share.sql")).fetch_one(conn).await?;
        Ok(Self { name: row.try_get("name")? })
    }

    /// Another connection whose transaction is this snapshot.
    pub(crate) fn connection(
        &self,
        opened: &Opened,
    ) -> impl Future<Output = Result<PgConnection, Failure>> + Send + use<> {
        // The server's own name for it: no parameter can stand there.
        let sql = format!("{SNAPSHOT}; set transaction snapshot '{}'", self.name);
        let login = opened.login.clone();
        async move {
            let mut conn = connect::connection(&login, ActingAs::App).await?;
            conn.execute(sqlx::raw_sql(&sql)).await?;
            Ok(conn)
        }
    }
}

/// An open deployment.
#[derive(Debug)]
pub(crate) struct Opened {
    /// The journal, reading as the application does.
    pub(crate) journal: Journal,
    /// The application's login.
    pub(crate) login: PgConnectOptions,
    /// Where the signer's files are.
    pub(crate) signed: Folder,
    deployment: Deployment,
}

impl Opened {
    /// Opens what is there.
    pub(crate) async fn open(place: &Place) -> Result<Self, Failure> {
        let folder = &place.data_dir;
        if !folder.join("master.key").is_file() {
            return Err(Failure::BadInput(format!(
                "{} is not the data folder of a deployment (it has no master.key); \
                 name it with --data-dir",
                folder.display()
            )));
        }
        let deployment = Deployment::open(place).await?;
        for notice in &deployment.notices {
            // Nobody may be reading, and it is not the answer.
            let _ = writeln!(std::io::stderr(), "replay: {notice}");
        }
        let login = deployment.login.clone();
        let keys = connect::pool(&login, ActingAs::Keys, "vault", KEYS).await?;
        let reads = connect::pool(&login, ActingAs::App, projections::SEARCH_PATH, 2).await?;
        let keyring = Keyring::new(keys, deployment.master_key.clone());
        deployment.erasures.guard(&keyring).await?;
        let journal = Journal::new(reads, keyring, projections::inline_views());
        Ok(Self { journal, login, signed: Folder::of(folder), deployment })
    }

    /// The login of whoever owns the journal: for filling an empty one.
    pub(crate) fn owner(&self) -> &PgConnectOptions {
        &self.deployment.owner
    }

    /// A connection whose transaction is one snapshot.
    pub(crate) async fn snapshot(&self) -> Result<PgConnection, Failure> {
        let mut conn = connect::connection(&self.login, ActingAs::App).await?;
        sqlx::raw_sql(SNAPSHOT).execute(&mut conn).await?;
        Ok(conn)
    }

    /// Leaves it; a PostgreSQL that was started for us is stopped.
    pub(crate) async fn close(self) {
        self.journal.pool().close().await;
        if let Err(error) = self.deployment.close().await {
            // The answer stands; only the tidying failed.
            let _ = writeln!(std::io::stderr(), "replay: leaving the private PostgreSQL: {error}");
        }
    }
}
