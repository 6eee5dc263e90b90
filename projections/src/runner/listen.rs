//! Hears from other processes that the log has grown: one connection a process. Losing it costs
//! milliseconds of delay, nothing else.

use std::sync::Arc;

use journal::postgres::connect::{self, ActingAs};
use sqlx::postgres::PgListener;
use tokio::sync::watch;
use tokio::time::sleep;

use super::Shared;
use super::backoff::Backoff;

/// Where the sequencer tells the new head.
const CHANNEL: &str = "annals_log";

/// Runs until `stop` turns true.
pub(super) async fn listen(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    let mut backoff = Backoff::default();
    while !*stop.borrow() {
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = hear(&shared, &mut backoff) => {}
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(backoff.next()) => {}
        }
    }
}

/// Returns when the connection is lost.
async fn hear(shared: &Shared, backoff: &mut Backoff) {
    let Ok(pool) = connect::pool(&shared.options, ActingAs::App, "read", 1).await else { return };
    let Ok(mut listener) = PgListener::connect_with(&pool).await else { return };
    if listener.listen(CHANNEL).await.is_err() {
        return;
    }
    // Nothing is missed meanwhile: each runner looks by itself.
    while let Ok(Some(notification)) = listener.try_recv().await {
        backoff.reset();
        if let Ok(head) = notification.payload().parse() {
            shared.journal.announce(head);
        }
    }
}
