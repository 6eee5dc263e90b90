//! What was recorded of the clocks of tickets: thresholds that they went beyond, under terms that may
//! be others by now.
//!
//! Few of all tickets have any, and nobody orders or filters by them: they are read from the clocks'
//! own streams, which hold nothing personal.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::kernel::{Meta, TicketId};
use domain::ticket_clock::event::Crossing;
use sqlx::types::Json;
use sqlx::{PgPool, Row};

use crate::error::ReadError;
use crate::keyless;
use crate::rows::micros;

/// A clock went beyond a threshold, as it was recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Crossed {
    /// Which threshold of which clock.
    pub said: Crossing,
    /// When it happened.
    pub occurred_at: DateTime<Utc>,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

/// All of these tickets, each in the order in which they were recorded.
pub async fn crossings(
    pool: &PgPool,
    tickets: &[TicketId],
) -> Result<BTreeMap<TicketId, Vec<Crossed>>, ReadError> {
    let ids: Vec<String> = tickets.iter().map(ToString::to_string).collect();
    let rows = sqlx::query(include_str!("../sql/crossings.sql")).bind(ids).fetch_all(pool).await?;
    let mut found: BTreeMap<TicketId, Vec<Crossed>> = BTreeMap::new();
    for row in &rows {
        let (fact, _) = keyless::fact(row)?;
        let Json(metadata) = row.try_get("metadata")?;
        let recorded_at = row.try_get("recorded_at")?;
        let meta = Meta::from_map(&metadata, recorded_at, None)
            .map_err(|_| ReadError::Row("journal.events"))?;
        if let Fact::TicketClock(ticket, event) = fact
            && let Some(said) = event.crossing()
        {
            let occurred_at = micros(meta.occurred_at);
            found.entry(ticket).or_default().push(Crossed { said, occurred_at, recorded_at });
        }
    }
    Ok(found)
}
