//! A few streams up to a place in the log, in one statement: for whoever needs to know how some
//! things stood at that place.
//!
//! Settled events only. A stream that does not run 1, 2, 3… is an error, never a short answer.

use std::collections::HashMap;

use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::StreamsError;
use super::event::{Recorded, open_events, stored_event};
use crate::seal::Keyring;
use crate::upcast::Upcasters;

/// The events of the streams of these types and identities that have a number up to `through`, in
/// the order of the log.
pub async fn several(
    conn: &mut PgConnection,
    (keys, upcasters): (&Keyring, &Upcasters),
    types: &[&str],
    ids: &[Uuid],
    through: i64,
) -> Result<Vec<Recorded>, StreamsError> {
    let ids: Vec<String> = ids.iter().map(Uuid::to_string).collect();
    let rows = sqlx::query(include_str!("sql/several.sql"))
        .bind(types)
        .bind(&ids)
        .bind(through)
        .fetch_all(conn)
        .await?;
    let mut versions: HashMap<(String, String), i64> = HashMap::new();
    let mut numbers = Vec::with_capacity(rows.len());
    let mut stored = Vec::with_capacity(rows.len());
    for row in &rows {
        let stream: (String, String) =
            (row.try_get("aggregate_type")?, row.try_get("aggregate_id")?);
        let cut =
            |sequence| StreamsError::Cut { stream: format!("{}/{}", stream.0, stream.1), sequence };
        let version = versions.entry(stream.clone()).or_default();
        *version += 1;
        if row.try_get::<i64, _>("sequence")? != *version
            || row.try_get::<Option<String>, _>("payload")?.is_none()
        {
            return Err(cut(*version));
        }
        numbers.push(row.try_get("global_seq")?);
        stored.push(stored_event(row)?);
    }
    let events = open_events(keys, upcasters, stored).await?;
    numbers
        .into_iter()
        .zip(events)
        .map(|(global_seq, event)| Ok(Recorded { global_seq, fact: event.fact()?, event }))
        .collect()
}
