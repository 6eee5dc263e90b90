//! All events, settled or not, in the order they will settle in: what an inline model is the fold of.
//! Personal data stay sealed, for no inline model holds any.

use domain::Fact;
use journal::JournalError;
use journal::error::EventFault;
use journal::upcast::Upcasters;
use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, Row};

/// A place in that order: transaction and allocation.
pub(crate) type Place = (i64, i64);

/// Reads page by page.
#[derive(Debug)]
pub(crate) struct History<'a> {
    upcasters: &'a Upcasters,
    after: Place,
}

impl<'a> History<'a> {
    pub(crate) fn after(upcasters: &'a Upcasters, after: Place) -> Self {
        Self { upcasters, after }
    }

    /// The next events with their sequences, at most `limit` and none beyond `up_to`; empty at the
    /// end.
    pub(crate) async fn page(
        &mut self,
        conn: &mut PgConnection,
        up_to: Place,
        limit: i64,
    ) -> Result<Vec<(Fact, i64)>, JournalError> {
        let rows = sqlx::query(include_str!("sql/history.sql"))
            .bind(self.after.0)
            .bind(self.after.1)
            .bind(up_to.0)
            .bind(up_to.1)
            .bind(limit)
            .fetch_all(conn)
            .await?;
        let facts = rows.iter().map(|row| fact(self.upcasters, row)).collect::<Result<_, _>>()?;
        if let Some(last) = rows.last() {
            self.after = (last.try_get("transaction")?, last.try_get("position")?);
        }
        Ok(facts)
    }
}

/// What a row of the journal says, and its number within its stream.
pub(crate) fn fact(upcasters: &Upcasters, row: &PgRow) -> Result<(Fact, i64), JournalError> {
    let aggregate_type: String = row.try_get("aggregate_type")?;
    let aggregate_id: String = row.try_get("aggregate_id")?;
    let sequence = row.try_get("sequence")?;
    let event_type: &str = row.try_get("event_type")?;
    let payload: Value = row.try_get("payload")?;
    let (_, payload) = upcasters.lift(event_type, row.try_get("event_version")?, payload);
    match Fact::decode(&aggregate_type, &aggregate_id, event_type, &payload) {
        Ok(fact) => Ok((fact, sequence)),
        Err(fault) => Err(JournalError::Undecodable {
            aggregate_type,
            aggregate_id,
            sequence,
            fault: EventFault::Fact(fault),
        }),
    }
}

/// Up to where the order is final: no event can come to stand before it any more.
pub(crate) async fn settled(conn: &mut PgConnection) -> Result<Place, sqlx::Error> {
    let row = sqlx::query(include_str!("sql/settled.sql")).fetch_one(conn).await?;
    Ok((row.try_get("transaction")?, row.try_get("position")?))
}

/// The place of this number of the log; before the first event of all for 0.
pub(crate) async fn place_of(conn: &mut PgConnection, number: i64) -> Result<Place, sqlx::Error> {
    if number == 0 {
        return Ok((0, 0));
    }
    let row = sqlx::query(include_str!("sql/place_of.sql")).bind(number).fetch_one(conn).await?;
    Ok((row.try_get("transaction")?, row.try_get("position")?))
}
