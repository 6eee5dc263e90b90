//! Single events of the journal, read without keys: personal data stay sealed. For whoever looks up
//! what an event of the log goes back to, and needs nothing personal of it.

use domain::Fact;
use journal::JournalError;
use journal::error::EventFault;
use serde_json::Value;
use sqlx::Row;
use sqlx::postgres::PgRow;

/// What a row with the columns of `journal.events` says, and its number in its stream.
pub(crate) fn fact(row: &PgRow) -> Result<(Fact, i64), JournalError> {
    let aggregate_type: String = row.try_get("aggregate_type")?;
    let aggregate_id: String = row.try_get("aggregate_id")?;
    let sequence = row.try_get("sequence")?;
    let payload: Value = row.try_get("payload")?;
    let version: String = row.try_get("event_version")?;
    let decoded =
        Fact::decode(&aggregate_type, &aggregate_id, row.try_get("event_type")?, &payload);
    let fault = match decoded {
        // Another shape may look like today's.
        Ok(fact) if fact.event_version() != version => EventFault::Version(version),
        Ok(fact) => return Ok((fact, sequence)),
        Err(fault) => EventFault::Fact(fault),
    };
    Err(JournalError::Undecodable { aggregate_type, aggregate_id, sequence, fault })
}
