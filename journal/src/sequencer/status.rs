//! How settling is doing, and who holds it up.

use sqlx::{PgPool, Row};

use super::LOCK;
use crate::error::JournalError;

/// The settling of events at one moment.
#[derive(Debug, Clone, PartialEq)]
pub struct JournalStatus {
    /// The number of the last event of the log; 0 when it is empty.
    pub head: i64,
    /// Committed events without a number, counted up to a hundred thousand.
    pub unsettled: i64,
    /// Age of the oldest of them, in seconds; 0 when there is none.
    pub unsettled_seconds: f64,
    /// For how long the oldest writing transaction has been open, in seconds; 0 when none is.
    pub fence_age_seconds: f64,
    /// That transaction: nothing that began after it settles before it ends.
    pub holder: Option<Holder>,
    /// How many events the newest published checkpoint has; 0 when there is none.
    pub published: i64,
    /// Its age, in seconds; 0 when there is none.
    pub published_seconds: f64,
    /// Server process number of the leading sequencer's connection.
    pub leader_pid: Option<i32>,
    /// Counts leaders.
    pub epoch: i64,
}

/// Who holds up settling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its server process number; none for a prepared transaction.
    pub pid: Option<i32>,
    /// The database it works in, which need not be ours.
    pub database: Option<String>,
    /// What it calls itself.
    pub application: Option<String>,
    /// Whether it is prepared: it outlives its connection, and somebody must end it by hand.
    pub prepared: bool,
}

/// Asks the database; one statement.
pub async fn status(pool: &PgPool) -> Result<JournalStatus, JournalError> {
    let row = sqlx::query(include_str!("sql/status.sql")).bind(LOCK).fetch_one(pool).await?;
    let prepared: Option<bool> = row.try_get("prepared")?;
    let holder = match prepared {
        Some(prepared) => Some(Holder {
            pid: row.try_get("pid")?,
            database: row.try_get("database")?,
            application: row.try_get("application")?,
            prepared,
        }),
        None => None,
    };
    let held_seconds: f64 = row.try_get("held_seconds")?;
    Ok(JournalStatus {
        head: row.try_get("head")?,
        unsettled: row.try_get("unsettled")?,
        unsettled_seconds: row.try_get::<f64, _>("unsettled_seconds")?.max(0.0),
        fence_age_seconds: if holder.is_some() { held_seconds.max(0.0) } else { 0.0 },
        holder,
        published: row.try_get("published")?,
        published_seconds: row.try_get::<f64, _>("published_seconds")?.max(0.0),
        leader_pid: row.try_get("leader_pid")?,
        epoch: row.try_get("epoch")?,
    })
}
