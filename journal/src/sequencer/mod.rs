//! The sequencer: gives every event its permanent number, and its leaf.
//!
//! One leader a database, by a session advisory lock; its epoch, raised when it takes over, fences
//! off one that lost its lock without knowing. A step is two autocommit statements: read what has
//! settled (transactions that no running one can precede), then one guarded write of numbers,
//! leaves, frontier and cursor, with a NOTIFY. Nothing may read the events' own allocation order:
//! it is not the order they became visible in.

mod step;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{PgConnection, Row};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use crate::error::JournalError;
use crate::journal::Journal;
use crate::postgres::connect::{self, ActingAs};
use step::Leader;

/// Advisory lock of the one sequencer; an arbitrary constant ("annals" in ASCII).
const LOCK: i64 = 0x616e_6e61_6c73;
/// How often a follower asks whether the leader is gone.
const FOLLOW: Duration = Duration::from_secs(1);
/// How long a busy leader waits for the next append before it looks for foreign ones.
const POLL_BUSY: Duration = Duration::from_millis(2);
/// Likewise when nothing has come for a while.
const POLL_IDLE: Duration = Duration::from_millis(50);
/// Steps without an event after which the leader is idle.
const IDLE_AFTER: u32 = 100;

/// Runs until `stop` turns true: leads when it can, follows otherwise, survives lost connections.
pub async fn run(journal: Journal, options: PgConnectOptions, mut stop: watch::Receiver<bool>) {
    let forever = async {
        loop {
            if let Err(error) = follow_and_lead(&journal, &options).await {
                tracing::warn!(%error, "the sequencer lost its connection");
            }
            sleep(FOLLOW).await;
        }
    };
    tokio::select! {
        // An error means that whoever could stop us is gone.
        _ = stop.wait_for(|stop| *stop) => {}
        () = forever => {}
    }
}

/// Waits for the lock, then leads; returns when leadership was lost.
async fn follow_and_lead(
    journal: &Journal,
    options: &PgConnectOptions,
) -> Result<(), JournalError> {
    let mut conn = connect::connection(options, ActingAs::Sequencer).await?;
    while !try_lock(&mut conn).await? {
        sleep(FOLLOW).await;
    }
    let mut leader = Leader::take_over(&mut conn).await?;
    let mut quiet = 0u32;
    loop {
        let Some(sealed) = leader.step(&mut conn).await? else {
            tracing::warn!("another sequencer took over");
            return Ok(());
        };
        journal.announce(leader.head());
        if sealed > 0 {
            quiet = 0;
            continue;
        }
        quiet = quiet.saturating_add(1);
        let poll = if quiet > IDLE_AFTER { POLL_IDLE } else { POLL_BUSY };
        // Either is fine: a foreign append is found by the poll.
        let _ = timeout(poll, journal.appended()).await;
    }
}

async fn try_lock(conn: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(include_str!("sql/try_lock.sql")).bind(LOCK).fetch_one(conn).await?;
    row.try_get("locked")
}
