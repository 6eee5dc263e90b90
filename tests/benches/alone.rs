//! A journal and nothing else: no sequencer, no view, nobody who signs.

use journal::postgres::connect::{self, ActingAs};
use journal::postgres::deployment::Deployment;
use journal::{Journal, Keyring};

use crate::Fault;
use crate::ground::Database;

/// As many as a server has for commands.
const CONNECTIONS: u32 = 12;

/// An open one.
pub(crate) struct Alone {
    pub(crate) journal: Journal,
    pub(crate) deployment: Deployment,
}

impl Alone {
    pub(crate) async fn open(database: &Database) -> Result<Self, Fault> {
        let deployment = Deployment::open(&database.place()).await?;
        let login = &deployment.login;
        let keys = connect::pool(login, ActingAs::Keys, "vault", 2).await?;
        let path = projections::SEARCH_PATH;
        let pool = connect::pool(login, ActingAs::App, path, CONNECTIONS).await?;
        let keyring = Keyring::new(keys, deployment.master_key.clone());
        Ok(Self { journal: Journal::new(pool, keyring, Vec::new()), deployment })
    }

    pub(crate) async fn close(self) -> Result<(), Fault> {
        self.journal.pool().close().await;
        Ok(self.deployment.close().await?)
    }
}
