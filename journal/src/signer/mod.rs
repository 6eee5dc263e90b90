//! Signs the log: a checkpoint every second, or every thousand events, for trees that only grow.
//!
//! The key, the checkpoints and the tiles stand in files outside the database: who can change all of
//! the database can neither sign another history nor make us forget the one that was signed. Before
//! anything is signed the tree has to be the continuation of the one signed last; when it is
//! smaller, or another one, signing stops until somebody has looked into it.
//!
//! A worker beside the sequencer: appends never wait for it. One of all processes signs, by a session
//! advisory lock and a lock on the checkpoint file. Order of a step: tiles, checkpoint file, witnesses if
//! the policy wants them, table, published checkpoint; the file counts, and whoever is killed repeats
//! the rest.

mod checkpoints;
pub(crate) mod edge;
mod error;
pub(crate) mod files;
mod folder;
mod keys;
mod leaves;
mod published;
mod signing;
#[cfg(test)]
mod tests;
mod witnessing;

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{PgConnection, Row};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};

pub use checkpoints::{Checkpoints, Signed};
pub use error::SignError;
pub use folder::Folder;
pub use keys::rotate;
pub(crate) use keys::{policy, signer_key};
pub(crate) use leaves::leaves;
pub use published::{Published, newest, published, published_count};
use signing::Signing;
pub(crate) use signing::signed_last;
pub use witnessing::{ANSWER_MAX, Answer, Carrier};

/// Advisory lock of the one signer; an arbitrary constant ("signer" in ASCII).
const LOCK: i64 = 0x7369_676e_6572;
/// A checkpoint at least so often, when there is something new,
const EVERY: Duration = Duration::from_secs(1);
/// or when so many events are new,
const EVENTS: i64 = 1_000;
/// but never more often than this: a checkpoint costs a few flushes to disk.
const PAUSE: Duration = Duration::from_millis(250);
/// A step that takes longer is on a connection that leads nowhere. Much may have come at once.
const PATIENCE: Duration = Duration::from_secs(600);
/// How long after a failure, or while another process signs, it is tried again.
const AGAIN: Duration = Duration::from_secs(1);

/// What the signer works with beside the database.
#[derive(Debug)]
pub struct Beside {
    /// The files.
    pub folder: Folder,
    /// Asks witnesses.
    pub carrier: Arc<dyn Carrier>,
    /// Why nothing may be signed until somebody has looked into it; for whoever watches over us.
    pub alarm: watch::Sender<Option<String>>,
}

/// Runs until `stop` turns true, or until it must not sign any more.
pub async fn run(
    journal: Journal,
    options: PgConnectOptions,
    beside: Beside,
    mut stop: watch::Receiver<bool>,
) {
    let sign = async {
        loop {
            let Err(error) = sign(&journal, &options, &beside).await;
            if error.is_alarm() {
                return alarm(&error, &beside.alarm);
            }
            tracing::warn!(%error, "the log is not being signed");
            sleep(AGAIN).await;
        }
    };
    tokio::select! {
        // An error means that whoever could stop us is gone.
        _ = stop.wait_for(|stop| *stop) => {}
        // Nothing is signed any more, and the server goes on.
        () = sign => {}
    }
}

fn alarm(error: &SignError, told: &watch::Sender<Option<String>>) {
    told.send_replace(Some(error.to_string()));
    metrics::gauge!("journal_signing_stopped").set(1.0);
    tracing::error!(%error, "SIGNING HAS STOPPED: see docs/how-to/sign-the-log.md");
}

/// Waits until no other process signs, then signs for as long as the connection lasts.
async fn sign(
    journal: &Journal,
    options: &PgConnectOptions,
    beside: &Beside,
) -> Result<Infallible, SignError> {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await?;
    loop {
        let lock = sqlx::query(include_str!("sql/try_lock.sql")).bind(LOCK);
        if lock.fetch_one(&mut conn).await?.try_get("locked")? {
            break;
        }
        sleep(AGAIN).await;
    }
    let signing = Signing::open(&beside.folder, &mut conn).await?;
    let mut signing = signing.asking(Arc::clone(&beside.carrier));
    beside.alarm.send_replace(None);
    metrics::gauge!("journal_signing_stopped").set(0.0);
    let mut head = journal.head();
    loop {
        let stepped = timeout(PATIENCE, signing.step(&mut conn)).await;
        if let Some(size) = stepped.map_err(|_| gone())?? {
            #[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 52 bits")]
            metrics::gauge!("journal_signed_size").set(size as f64);
        }
        let signed = signing.size();
        sleep(PAUSE).await;
        let many = head.wait_for(|head| *head >= signed.saturating_add(EVENTS));
        // Over time whatever there is gets signed, and what was answered is heard soon.
        let rest = if signing.is_asking() { Duration::ZERO } else { EVERY - PAUSE };
        if let Ok(Err(_)) = timeout(rest, many).await {
            return Err(sqlx::Error::PoolClosed.into());
        }
    }
}

fn gone() -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
}

/// Signs what is there, once, as a worker that has just started would.
#[cfg(test)]
pub(crate) async fn sign_once(
    options: &PgConnectOptions,
    folder: &Folder,
) -> Result<Option<u64>, SignError> {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await?;
    Signing::open(folder, &mut conn).await?.step(&mut conn).await
}

/// Whether the log is still the one that was signed; for whoever starts.
///
/// # Errors
/// It is not, or it cannot be told.
pub async fn check(folder: &Folder, conn: &mut PgConnection) -> Result<(), SignError> {
    signing::check(folder, conn).await
}
