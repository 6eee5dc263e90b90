//! Who reads during the storm.

use std::time::Duration;

use sqlx::ConnectOptions;
use sqlx::postgres::PgConnectOptions;
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

use super::Event;
use crate::journal::Journal;
use crate::read::LogReader;

/// Everything it finds in the log, up to the end it is told.
pub(super) async fn tail(
    journal: Journal,
    options: PgConnectOptions,
    end: watch::Receiver<Option<usize>>,
) -> Vec<Event> {
    let mut conn = options.connect().await.unwrap();
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), 0);
    let mut head = journal.head();
    let mut read: Vec<Event> = Vec::new();
    while end.borrow().is_none_or(|total| read.len() < total) {
        let page = log.page(&mut conn, i64::MAX, 1_000).await.unwrap();
        if page.is_empty() {
            // Whichever comes first: the end may be told while the log stands still.
            let _ = timeout(Duration::from_millis(20), head.changed()).await;
        }
        read.extend(page.into_iter().map(|event| (event.event.aggregate_id, event.event.sequence)));
    }
    read
}

/// How many events a reader sees who goes by their allocation and takes the last for its place.
pub(super) async fn naive(options: PgConnectOptions, end: watch::Receiver<Option<usize>>) -> usize {
    let mut conn = options.connect().await.unwrap();
    let (mut place, mut seen) = (0_i64, 0);
    loop {
        // Asked before it reads: what was committed by then, it can see.
        let last = end.borrow().is_some();
        let read = "select position from journal.events where position > $1 order by position";
        let found: Vec<i64> =
            sqlx::query_scalar(read).bind(place).fetch_all(&mut conn).await.unwrap();
        seen += found.len();
        place = found.last().copied().unwrap_or(place);
        if last {
            return seen;
        }
        sleep(Duration::from_millis(2)).await;
    }
}
