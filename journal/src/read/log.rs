//! Pages of the settled log.

use sqlx::{PgConnection, Row};

use super::event::{Recorded, open_events, stored_event};
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
        let mut rows = sqlx::query(include_str!("sql/log_page.sql"))
            .bind(self.after)
            .bind(up_to)
            .bind(limit)
            .fetch_all(conn)
            .await?;
        let size: i64 = rows.first().ok_or(sqlx::Error::RowNotFound)?.try_get("tree_size")?;
        let mut numbers = Vec::with_capacity(rows.len());
        for (row, expected) in rows.iter().zip(self.after + 1..) {
            // None stands for an empty page.
            let Some(found) = row.try_get::<Option<i64>, _>("global_seq")? else { break };
            if found != expected {
                return Err(JournalError::Gap { expected, found });
            }
            numbers.push(found);
        }
        rows.truncate(numbers.len());
        let last = self.after + i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let due = self.after.saturating_add(limit).min(up_to).min(size);
        if last < due {
            return Err(JournalError::Gap { expected: last + 1, found: last });
        }
        let stored = rows.iter().map(stored_event).collect::<Result<Vec<_>, _>>()?;
        let events = open_events(self.keys, self.upcasters, stored).await?;
        let page = numbers
            .into_iter()
            .zip(events)
            .map(|(global_seq, event)| Ok(Recorded { global_seq, fact: event.fact()?, event }))
            .collect::<Result<Vec<_>, JournalError>>()?;
        self.after += i64::try_from(page.len()).unwrap_or(i64::MAX);
        Ok(page)
    }
}

/// The number of the newest event of the log.
pub async fn head_of(conn: &mut PgConnection) -> Result<i64, JournalError> {
    let row = sqlx::query(include_str!("sql/head.sql")).fetch_one(conn).await?;
    Ok(row.try_get("head")?)
}
