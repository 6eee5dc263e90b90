//! All streams of one type, whole, one after the other: for whoever folds each as of some moment.
//!
//! Settled events only. Runs in one snapshot of the caller's, and counts: a stream that does not
//! run 1, 2, 3…, a log shorter than the tree, or a read that ends early is an error, never a short
//! answer. Memory is one page, whatever the number and length of the streams.

use std::collections::BTreeMap;

use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::event::{Recorded, open_events, stored_event};
use crate::error::JournalError;
use crate::seal::Keyring;
use crate::upcast::Upcasters;

/// Why streams could not be read to their end.
#[derive(Debug, thiserror::Error)]
pub enum StreamsError {
    /// The database failed, or an event cannot be understood.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// An event of a stream is missing.
    #[error("stream {stream} lacks its event {sequence}")]
    Cut {
        /// Type and identity.
        stream: String,
        /// The number within the stream that had to come.
        sequence: i64,
    },
    /// The log does not have the events it was sealed with, or they were not all read.
    #[error("{expected} events had to be there, {found} were")]
    Count {
        /// How many there have to be.
        expected: i64,
        /// How many there are.
        found: i64,
    },
}

impl From<sqlx::Error> for StreamsError {
    fn from(error: sqlx::Error) -> Self {
        Self::Journal(error.into())
    }
}

/// Reads the streams of a type in the order of their identities.
#[derive(Debug)]
pub struct StreamsReader<'a> {
    keys: &'a Keyring,
    upcasters: &'a Upcasters,
    aggregate_type: &'a str,
    at: (String, i64),
    done: i64,
    total: i64,
}

impl<'a> StreamsReader<'a> {
    /// Starts before the first stream. `conn` is in a snapshot that lasts until the last page.
    pub async fn begin(
        conn: &mut PgConnection,
        keys: &'a Keyring,
        upcasters: &'a Upcasters,
        aggregate_type: &'a str,
    ) -> Result<Self, StreamsError> {
        let total = count(conn, aggregate_type).await?;
        Ok(Self { keys, upcasters, aggregate_type, at: (String::new(), 0), done: 0, total })
    }

    /// Events read, and how many there are.
    pub fn progress(&self) -> (i64, i64) {
        (self.done, self.total)
    }

    /// The next events, at most `limit`; a stream may go on in the next page. Empty at the end.
    pub async fn page(
        &mut self,
        conn: &mut PgConnection,
        limit: i64,
    ) -> Result<Vec<Recorded>, StreamsError> {
        let rows = sqlx::query(include_str!("sql/streams_page.sql"))
            .bind(self.aggregate_type)
            .bind(&self.at.0)
            .bind(self.at.1)
            .bind(limit)
            .fetch_all(conn)
            .await?;
        if rows.is_empty() && self.done != self.total {
            return Err(StreamsError::Count { expected: self.total, found: self.done });
        }
        let mut numbers = Vec::with_capacity(rows.len());
        let mut stored = Vec::with_capacity(rows.len());
        for row in &rows {
            self.advance(row.try_get("aggregate_id")?, row.try_get("sequence")?)?;
            if row.try_get::<Option<String>, _>("payload")?.is_none() {
                return Err(self.cut(self.at.1));
            }
            numbers.push(row.try_get("global_seq")?);
            stored.push(stored_event(row)?);
        }
        let events = open_events(self.keys, self.upcasters, stored).await?;
        numbers
            .into_iter()
            .zip(events)
            .map(|(global_seq, event)| Ok(Recorded { global_seq, fact: event.fact()?, event }))
            .collect()
    }

    fn advance(&mut self, id: String, sequence: i64) -> Result<(), StreamsError> {
        let expected = if id == self.at.0 { self.at.1 + 1 } else { 1 };
        self.at = (id, sequence);
        if sequence != expected {
            return Err(self.cut(expected));
        }
        self.done += 1;
        Ok(())
    }

    fn cut(&self, sequence: i64) -> StreamsError {
        StreamsError::Cut { stream: format!("{}/{}", self.aggregate_type, self.at.0), sequence }
    }
}

/// How many settled events streams of this type have, once it is sure that the log is as long as it
/// was sealed.
pub async fn count(conn: &mut PgConnection, aggregate_type: &str) -> Result<i64, StreamsError> {
    let row = sqlx::query(include_str!("sql/streams_size.sql"))
        .bind(aggregate_type)
        .fetch_one(conn)
        .await?;
    let (expected, found) = (row.try_get("tree_size")?, row.try_get("events")?);
    if found != expected {
        return Err(StreamsError::Count { expected, found });
    }
    Ok(row.try_get("of_type")?)
}

/// The place in the log of each settled event of a stream, by its number within the stream.
pub async fn positions(
    conn: &mut PgConnection,
    aggregate_type: &str,
    id: Uuid,
) -> Result<BTreeMap<i64, i64>, JournalError> {
    let rows = sqlx::query(include_str!("sql/stream_positions.sql"))
        .bind(aggregate_type)
        .bind(id.to_string())
        .fetch_all(conn)
        .await?;
    rows.iter().map(|row| Ok((row.try_get("sequence")?, row.try_get("global_seq")?))).collect()
}
