//! The almanac: calendars as terms name them, ready to be counted with.
//!
//! A version of a calendar is an event of the calendar's stream. It stands earlier in the log than
//! whatever names it, never changes, and holds nothing personal: it is the same whenever it is read,
//! by whomever, from the events themselves. So it is no read model, and no fold that asks it depends
//! on how far another one is. What was read is kept in memory, up to a bound.
//!
//! Called by the folds that show clocks, by readings of them, and by the tools that replay them.

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use domain::Fact;
use domain::calendar::CalendarEvent;
use domain::sla::stopwatch::UnknownCalendar;
use domain::sla::{CalendarVersion, Hours};
use journal::JournalError;
use sqlx::PgConnection;

use crate::keyless;

/// How many versions are kept in memory. Beyond, all are forgotten: a desk has a few dozen.
const KEPT: usize = 1_000;

/// Hours by the version that defined them.
pub type KnownHours = BTreeMap<CalendarVersion, Hours>;

/// What of the calendars of one journal was read so far; cheap to clone, clones share it.
#[derive(Debug, Clone, Default)]
pub struct Almanac {
    known: Arc<Mutex<KnownHours>>,
}

/// Hours cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum AlmanacError {
    /// The database failed; the sentence holds a code, never data.
    #[error("database: {}", journal::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// An event cannot be understood.
    #[error(transparent)]
    Event(#[from] JournalError),
    /// There is no such version.
    #[error(transparent)]
    Unknown(#[from] UnknownCalendar),
}

impl Almanac {
    /// The hours of these versions. Those that nobody asked for before are read by the connection,
    /// which may read the journal's events.
    ///
    /// # Errors
    /// One of them is not there.
    pub async fn hours(
        &self,
        conn: &mut PgConnection,
        versions: &BTreeSet<CalendarVersion>,
    ) -> Result<KnownHours, AlmanacError> {
        let mut found = self.remembered(versions);
        let missing: Vec<CalendarVersion> =
            versions.iter().filter(|version| !found.contains_key(version)).copied().collect();
        if missing.is_empty() {
            return Ok(found);
        }
        let read = read(conn, &missing).await?;
        if let Some(unknown) = missing.iter().find(|version| !read.contains_key(version)) {
            return Err(UnknownCalendar(*unknown).into());
        }
        self.remember(&read);
        found.extend(read);
        Ok(found)
    }

    /// The same, if all of them are known already.
    pub(crate) fn known(&self, versions: &BTreeSet<CalendarVersion>) -> Option<KnownHours> {
        let found = self.remembered(versions);
        (found.len() == versions.len()).then_some(found)
    }

    fn remembered(&self, versions: &BTreeSet<CalendarVersion>) -> KnownHours {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let of = |version: &CalendarVersion| Some((*version, known.get(version)?.clone()));
        versions.iter().filter_map(of).collect()
    }

    fn remember(&self, read: &KnownHours) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + read.len() > KEPT {
            known.clear();
        }
        known.extend(read.iter().take(KEPT).map(|(version, hours)| (*version, hours.clone())));
    }
}

impl AlmanacError {
    /// Whether trying again later can help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(error) => journal::error::is_transient(error),
            Self::Event(error) => error.is_transient(),
            Self::Unknown(_) => false,
        }
    }
}

async fn read(
    conn: &mut PgConnection,
    versions: &[CalendarVersion],
) -> Result<KnownHours, AlmanacError> {
    let ids: Vec<String> = versions.iter().map(|version| version.id.to_string()).collect();
    let numbers: Vec<i64> = versions.iter().map(|version| version.version).collect();
    let rows = sqlx::query(include_str!("sql/versions.sql"))
        .bind(ids)
        .bind(numbers)
        .fetch_all(conn)
        .await?;
    let mut found = KnownHours::new();
    for row in &rows {
        let (fact, version) = keyless::fact(row)?;
        if let Fact::Calendar(id, CalendarEvent::Defined(defined)) = fact {
            found.insert(CalendarVersion { id, version }, Hours::from(&defined.hours));
        }
    }
    Ok(found)
}
