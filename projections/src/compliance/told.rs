//! What an event told, and who made it.

use chrono::{DateTime, Utc};
use domain::Fact;
use journal::JournalError;
use journal::upcast::Upcasters;
use sqlx::Row;
use sqlx::postgres::PgRow;

use crate::history;

/// An event of the log, without anything personal.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Told {
    pub(super) position: i64,
    pub(super) occurred_at: DateTime<Utc>,
    /// `person:<uuid>`, `system`, …
    pub(super) actor: String,
    pub(super) event_type: String,
    pub(super) fact: Fact,
}

impl Told {
    pub(super) fn of(upcasters: &Upcasters, row: &PgRow) -> Result<Self, JournalError> {
        Ok(Self {
            position: row.try_get("global_seq")?,
            occurred_at: row.try_get("occurred_at")?,
            actor: row.try_get("actor")?,
            event_type: row.try_get("event_type")?,
            fact: history::fact(upcasters, row)?.0,
        })
    }
}
