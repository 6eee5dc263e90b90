//! Pages of the settled log.

use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

use super::event::{LogEntry, Recorded, StreamEvent, open_each, stored_event};
use crate::error::JournalError;
use crate::seal::Keyring;
use crate::upcast::Upcasters;

/// Reads the log in order, page by page, over a connection of the caller's.
#[derive(Debug)]
pub struct LogReader<'a> {
    keys: &'a Keyring,
    upcasters: &'a Upcasters,
    after: i64,
}

impl<'a> LogReader<'a> {
    /// Starts behind this number.
    pub fn after(keys: &'a Keyring, upcasters: &'a Upcasters, after: i64) -> Self {
        Self { keys, upcasters, after }
    }

    /// The number of the last event read.
    pub fn position(&self) -> i64 {
        self.after
    }

    /// The next events, at most `limit` and not beyond `up_to`; empty at the end.
    pub async fn page(
        &mut self,
        conn: &mut PgConnection,
        up_to: i64,
        limit: i64,
    ) -> Result<Vec<Recorded>, JournalError> {
        let before = self.after;
        let entries = self.entries(conn, up_to, limit).await?;
        let page: Result<Vec<_>, _> = entries.into_iter().map(|entry| entry.recorded).collect();
        if page.is_err() {
            self.after = before;
        }
        page
    }

    /// The same, where an event that cannot be read does not keep the others from being read.
    pub async fn entries(
        &mut self,
        conn: &mut PgConnection,
        up_to: i64,
        limit: i64,
    ) -> Result<Vec<LogEntry>, JournalError> {
        let mut rows = sqlx::query(include_str!("sql/log_page.sql"))
            .bind(self.after)
            .bind(up_to)
            .bind(limit)
            .fetch_all(conn)
            .await?;
        let size: i64 = rows.first().ok_or(sqlx::Error::RowNotFound)?.try_get("tree_size")?;
        let mut last = self.after;
        for row in &rows {
            // None stands for an empty page.
            let Some(found) = row.try_get::<Option<i64>, _>("global_seq")? else { break };
            if found != last + 1 {
                return Err(JournalError::Gap { expected: last + 1, found });
            }
            last = found;
        }
        rows.truncate(usize::try_from(last - self.after).unwrap_or(usize::MAX));
        let due = self.after.saturating_add(limit).min(up_to).min(size);
        if last < due {
            return Err(JournalError::Gap { expected: last + 1, found: last });
        }
        let rows: Vec<_> = rows.iter().collect();
        let page = entries_of(self.keys, self.upcasters, &rows).await?;
        self.after = last;
        Ok(page)
    }
}

/// The settled events of the streams with one identity, of these types, with a number above `after` and up
/// to `through`, in the order of the log.
pub async fn stream_entries(
    conn: &mut PgConnection,
    (keys, upcasters): (&Keyring, &Upcasters),
    (types, aggregate_id): (&[String], &str),
    (after, through): (i64, i64),
) -> Result<Vec<LogEntry>, JournalError> {
    let rows = sqlx::query(include_str!("sql/stream_entries.sql"))
        .bind(types)
        .bind(aggregate_id)
        .bind(after)
        .bind(through)
        .fetch_all(conn)
        .await?;
    let rows: Vec<_> = rows.iter().collect();
    entries_of(keys, upcasters, &rows).await
}

/// The entries of these rows of the log.
pub(super) async fn entries_of(
    keys: &Keyring,
    upcasters: &Upcasters,
    rows: &[&PgRow],
) -> Result<Vec<LogEntry>, JournalError> {
    let stored = rows.iter().map(|row| stored_event(row)).collect();
    let events = open_each(keys, upcasters, stored).await?;
    rows.iter().zip(events).map(|(row, event)| entry(row, event)).collect()
}

fn entry(row: &PgRow, event: Result<StreamEvent, JournalError>) -> Result<LogEntry, JournalError> {
    let global_seq = row.try_get("global_seq")?;
    // None: the event is gone, which its entry says.
    let length =
        |column| row.try_get::<Option<&str>, _>(column).map(|text| text.map_or(0, str::len));
    Ok(LogEntry {
        global_seq,
        aggregate_type: row.try_get("aggregate_type")?,
        aggregate_id: row.try_get("aggregate_id")?,
        size: length("payload")? + length("metadata")?,
        recorded: event.and_then(|event| Ok(Recorded { global_seq, fact: event.fact()?, event })),
    })
}

/// The number of the newest event of the log.
pub async fn head_of(conn: &mut PgConnection) -> Result<i64, JournalError> {
    let row = sqlx::query(include_str!("sql/head.sql")).fetch_one(conn).await?;
    Ok(row.try_get("head")?)
}
