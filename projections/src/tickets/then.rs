//! Tickets as they were: folded from their own events, as far as these had come. Read by the API and
//! the replay tools.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use cqrs_es::Aggregate;
use domain::Fact;
use domain::kernel::TicketId;
use domain::ticket::Ticket;
use journal::{Journal, Recorded, read};
use sqlx::PgConnection;
use uuid::Uuid;

use super::measure::measure;
use super::row::TicketRow;
use crate::almanac::Almanac;
use crate::error::ProjectionError;

/// How far their events are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Up to this number of the log: what was known.
    Number(i64),
    /// As long as they had happened by then: what was so, as is known now. Nothing stands on what had
    /// not happened, so the first one that is later ends it.
    Occurred(DateTime<Utc>),
}

/// The ticket's row as of then, its clocks read; none before it was opened. The connection may read the
/// journal's events.
///
/// # Errors
/// An event this version cannot read; the database.
pub async fn then(
    conn: &mut PgConnection,
    from: (&Journal, &Almanac),
    ticket: TicketId,
    until: Until,
) -> Result<Option<TicketRow>, ProjectionError> {
    Ok(then_all(conn, from, &[ticket], until).await?.remove(&ticket))
}

/// The same of several tickets; those that were not opened are left out.
///
/// # Errors
/// As above.
pub async fn then_all(
    conn: &mut PgConnection,
    (journal, almanac): (&Journal, &Almanac),
    tickets: &[TicketId],
    until: Until,
) -> Result<BTreeMap<TicketId, TicketRow>, ProjectionError> {
    let last = match until {
        Until::Number(number) => number,
        Until::Occurred(_) => i64::MAX,
    };
    let ids: Vec<Uuid> = tickets.iter().map(|ticket| ticket.0).collect();
    let keys = (journal.keyring(), journal.upcasters());
    let told = read::several(conn, keys, &[Ticket::TYPE], &ids, last).await?;
    let mut rows: BTreeMap<TicketId, TicketRow> = BTreeMap::new();
    let mut over = Vec::new();
    for Recorded { event, fact, .. } in &told {
        let Fact::Ticket(id, ticket_event) = fact else { continue };
        if matches!(until, Until::Occurred(by) if event.meta.occurred_at > by) {
            over.push(*id);
        }
        if over.contains(id) {
            continue;
        }
        let row = TicketRow::fold(rows.remove(id), event, ticket_event, *id);
        rows.extend(row.map(|row| (*id, row)));
    }
    measure(conn, almanac, rows.values_mut()).await?;
    Ok(rows)
}
