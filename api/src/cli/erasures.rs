//! `annals replay-erasures` and `annals rotate-master-key`.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use domain::kernel::DataSubject;
use journal::erasure::{ErasureError, Fence, rewrite_keys};
use journal::postgres::connect::{self, ActingAs};
use journal::postgres::deployment::Deployment;
use journal::{Journal, Keyring};
use projections::purge::drop_all;
use projections::{Runner, read_models};
use tokio::time::sleep;

use super::{code_of, print, said};
use crate::boot::BootError;
use crate::boot::config::Config;

/// Connections for keys: those who fill a view side by side ask at once.
const KEYS: u32 = 4;
/// How long others may have the table of keys, and how often is asked.
const PATIENCE: Duration = Duration::from_secs(60);
const LOOK: Duration = Duration::from_millis(200);

/// Destroys again what the ledger names, and makes every view anew.
pub(super) async fn replay(config: &Config) -> ExitCode {
    match replayed(config).await {
        Ok(0) => print("nothing of what was erased is here\n"),
        Ok(count) => print(&format!("{count} keys destroyed again, all views made anew\n")),
        Err(error) => said(code_of(&error), &error),
    }
}

/// In this order, so that whoever is killed in between goes on by the same command: as long as a key lives,
/// no server starts, and views that are not there are made by whoever starts next.
async fn replayed(config: &Config) -> Result<usize, BootError> {
    let deployment = Deployment::open(&config.place()).await?;
    let login = deployment.login.clone();
    let keys = connect::pool(&login, ActingAs::Keys, "vault", KEYS).await?;
    let keyring = Keyring::new(keys, deployment.master_key.clone());
    let pool = connect::pool(&login, ActingAs::App, projections::SEARCH_PATH, KEYS).await?;
    let journal = Journal::new(pool, keyring, projections::inline_views());
    let living = deployment.erasures.living(journal.keyring()).await?;
    if !living.is_empty() {
        drop_all(&login).await?;
        for entry in &living {
            // The restored database may have had another key for them.
            let here = journal.keyring().key_of(DataSubject::Person(entry.person)).await?;
            let keys = here.into_iter().chain([entry.key_id]).collect();
            journal.forget_person(entry.person, &keys).await?;
        }
        deployment.erasures.replay(journal.keyring()).await?;
        // Nothing of the erasures' events is invented: the history is what it is.
        let runner = Runner::new(journal.clone(), login.clone(), read_models());
        runner.prepare().await?;
    }
    let destroyed = Fence::now(&journal).await?;
    let begun = Instant::now();
    while !rewrite_keys(&deployment.owner, &destroyed).await? {
        if begun.elapsed() > PATIENCE {
            return Err(ErasureError::Seen.into());
        }
        sleep(LOOK).await;
    }
    journal.pool().close().await;
    if let Err(error) = deployment.close().await {
        tracing::warn!(%error, "leaving the private PostgreSQL");
    }
    Ok(living.len())
}

/// Both steps, or the one that is named.
pub(super) async fn rotate_master_key(config: &Config, (begin, finish): (bool, bool)) -> ExitCode {
    match rotated(config, (begin || !finish, finish || !begin)).await {
        Ok(None) => print("another key wraps from now on; copy master.key, then finish\n"),
        Ok(Some(count)) => {
            print(&format!("{count} keys wrapped again; the key before is forgotten\n"))
        }
        Err(error) => said(code_of(&error), &error),
    }
}

async fn rotated(config: &Config, (begin, finish): (bool, bool)) -> Result<Option<u64>, BootError> {
    let deployment = Deployment::open(&config.place()).await?;
    let keys = connect::pool(&deployment.login, ActingAs::Keys, "vault", KEYS).await?;
    let keyring = Keyring::new(keys, deployment.master_key.clone());
    if begin {
        keyring.begin_rotation().await?;
    }
    let count = match finish {
        true => Some(keyring.finish_rotation().await?),
        false => None,
    };
    if let Err(error) = deployment.close().await {
        tracing::warn!(%error, "leaving the private PostgreSQL");
    }
    Ok(count)
}
