//! Which streams hold anything under a key.
//!
//! Nothing says so but the envelopes themselves: an index of them would be paid for by every append, and
//! be asked once in a person's life. The settled log is read page by page, which one step after the
//! other does in any order of events and however old they are.

use std::collections::BTreeSet;

use domain::kernel::{DataSubject, PersonId};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::JournalError;
use crate::journal::Journal;

/// Events in one statement.
const PAGE: i64 = 10_000;

/// What was found in one page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Streams by their type and identity.
    pub streams: BTreeSet<(String, String)>,
    /// How many events of them hold something.
    pub events: u64,
    /// The number of the last event that was looked at; where the next page begins.
    pub through: i64,
}

/// Looks at the next events after this number, and not beyond `up_to`, for envelopes under these keys.
/// All are looked at when `through` is `up_to`.
///
/// # Errors
/// A number is missing between the two, or the log does not reach so far.
pub async fn search(
    pool: &PgPool,
    keys: &BTreeSet<Uuid>,
    after: i64,
    up_to: i64,
) -> Result<Found, JournalError> {
    let through = up_to.min(after.saturating_add(PAGE));
    let beginnings: Vec<String> = keys.iter().map(beginning).collect();
    let rows = sqlx::query(include_str!("sql/search.sql"))
        .bind(after)
        .bind(through)
        .bind(beginnings)
        .fetch_all(pool)
        .await?;
    let mut found = Found { through, ..Found::default() };
    for row in &rows {
        let looked_at: i64 = row.try_get("looked_at")?;
        if looked_at != through - after {
            return Err(JournalError::Gap { expected: through, found: after + looked_at });
        }
        let Some(aggregate_type) = row.try_get("aggregate_type")? else { continue };
        found.streams.insert((aggregate_type, row.try_get("aggregate_id")?));
        found.events += row.try_get::<i64, _>("events")?.unsigned_abs();
    }
    Ok(found)
}

/// Which of these streams, by type and identity, hold anything under a person's key; the identities alone.
/// Settled or not: for a decision that must not miss what was just written.
///
/// # Errors
/// The database.
pub async fn among(
    journal: &Journal,
    person: PersonId,
    streams: &[(&str, Uuid)],
) -> Result<BTreeSet<Uuid>, JournalError> {
    let subject = DataSubject::Person(person);
    let Some(key) = journal.keyring().key_of(subject).await? else { return Ok(BTreeSet::new()) };
    let rows = sqlx::query(include_str!("sql/among.sql"))
        .bind(streams.iter().map(|(aggregate_type, _)| *aggregate_type).collect::<Vec<_>>())
        .bind(streams.iter().map(|(_, id)| id.to_string()).collect::<Vec<_>>())
        .bind(beginning(&key))
        .fetch_all(journal.pool())
        .await?;
    let id = |row: &PgRow| -> Result<Uuid, JournalError> {
        let id: Uuid =
            row.try_get::<&str, _>("aggregate_id")?.parse().map_err(sqlx::Error::decode)?;
        Ok(id)
    };
    rows.iter().map(id).collect()
}

/// How an envelope under this key begins.
fn beginning(key: &Uuid) -> String {
    format!("v1.{key}.")
}
