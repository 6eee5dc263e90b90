//! Keeps the ledger of erasures beside each server complete: whichever server destroys a key, the others
//! write it down within a minute. In every process, not on one node: each has a file of its own.

use std::time::Duration;

use journal::Journal;
use journal::erasure::Ledger;
use tokio::sync::watch;
use tokio::time::sleep;

/// How often is asked.
const ROUND: Duration = Duration::from_secs(20);

/// Runs until `stop` turns true.
pub(crate) async fn follow(ledger: Ledger, journal: Journal, mut stop: watch::Receiver<bool>) {
    let mut seen = 0;
    while !*stop.borrow() {
        match ledger.follow(journal.keyring(), seen).await {
            Ok(moved) => seen = moved,
            Err(error) => tracing::warn!(%error, "the ledger of erasures has to wait"),
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(ROUND) => {}
        }
    }
}
