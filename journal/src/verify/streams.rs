//! Findings that concern streams as a whole, not one log row.

use sqlx::{PgConnection, Row};

use super::Tampering;
use crate::error::JournalError;

/// A stream whose sequence is not 1..n.
pub(super) async fn broken(conn: &mut PgConnection) -> Result<Option<Tampering>, JournalError> {
    let row = sqlx::query(include_str!("sql/broken_stream.sql")).fetch_optional(conn).await?;
    row.map(|row| Ok(Tampering::Stream { stream: row.try_get("stream")? })).transpose()
}

/// An event at or before the sequencer's cursor that the log does not know.
pub(super) async fn smuggled(conn: &mut PgConnection) -> Result<Option<Tampering>, JournalError> {
    let row = sqlx::query(include_str!("sql/smuggled.sql")).fetch_optional(conn).await?;
    row.map(|row| Ok(Tampering::Smuggled { stream: row.try_get("stream")? })).transpose()
}

/// Events behind the sequencer's cursor.
pub(super) async fn unsettled(conn: &mut PgConnection) -> Result<i64, JournalError> {
    let row = sqlx::query(include_str!("sql/unsettled.sql")).fetch_one(conn).await?;
    Ok(row.try_get("events")?)
}
