//! The sequencer: gives every event its permanent number, and its leaf.
//!
//! One leader a database, by a session advisory lock; its epoch, raised when it takes over, fences
//! off one that lost its lock without knowing. A step is two autocommit statements: read what has
//! settled (transactions that no running one can precede), then one guarded write of numbers,
//! leaves, frontier and cursor, with a NOTIFY. Nothing may read the events' own allocation order:
//! it is not the order they became visible in.
//!
//! Every process runs one. Those that do not lead look after the one that does: when its connection
//! is gone, or it leaves events lying, another one leads within two seconds.

mod entries;
mod follow;
mod monitor;
mod pace;
mod restored;
mod status;
mod step;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Duration;

use sqlx::PgConnection;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio::time::{error::Elapsed, sleep, timeout};

use crate::error::JournalError;
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use pace::Pace;
use step::Leader;

pub use status::{Holder, JournalStatus, status};

/// Advisory lock of the one sequencer; an arbitrary constant ("annals" in ASCII).
pub(crate) const LOCK: i64 = 0x616e_6e61_6c73;
/// How long after a lost connection another one is tried.
const AGAIN: Duration = Duration::from_millis(250);
/// A statement that takes longer is on a connection that leads nowhere.
const PATIENCE: Duration = Duration::from_secs(60);

/// Runs until `stop` turns true: leads when it can, follows otherwise, survives lost connections,
/// and measures.
pub async fn run(journal: Journal, options: PgConnectOptions, mut stop: watch::Receiver<bool>) {
    let sequence = async {
        loop {
            if let Err(error) = follow_and_lead(&journal, &options).await {
                tracing::warn!(%error, "the sequencer lost its connection");
            }
            sleep(AGAIN).await;
        }
    };
    tokio::select! {
        // An error means that whoever could stop us is gone.
        _ = stop.wait_for(|stop| *stop) => {}
        () = sequence => {}
        () = monitor::watch(&journal) => {}
    }
}

/// Waits for the lock, then leads; returns when leadership was lost.
async fn follow_and_lead(
    journal: &Journal,
    options: &PgConnectOptions,
) -> Result<(), JournalError> {
    let planned = connect::planned_once(options);
    let connecting = connect::connection(&planned, ActingAs::Sequencer);
    let connected = timeout(PATIENCE, connecting).await;
    let mut conn = connected.map_err(gone)??;
    follow::until_free(journal, options, &mut conn).await?;
    lead(journal, &mut conn).await
}

async fn lead(journal: &Journal, conn: &mut PgConnection) -> Result<(), JournalError> {
    let mut leader = Leader::take_over(conn).await?;
    journal.announce(leader.head());
    let mut pace = Pace::default();
    loop {
        let stepped = timeout(PATIENCE, leader.step(conn)).await.map_err(gone)?;
        let Some(sealed) = stepped? else {
            tracing::warn!("another sequencer took over");
            return Ok(());
        };
        journal.announce(leader.head());
        if sealed > 0 {
            pace.busy();
        } else if timeout(pace.wait(), journal.appended()).await.is_ok() {
            // What other processes append is found without a signal.
            pace.busy();
        }
    }
}

fn gone(_: Elapsed) -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::TimedOut.into())
}
