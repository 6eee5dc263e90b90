//! What other open incidents' items were at a position of the log.

use std::collections::BTreeSet;

use domain::kernel::{CiId, TicketId};
use sqlx::{PgConnection, Row};

/// So many items of other incidents count, those with the least identities: a desk has dozens.
pub(super) const CONTEXT_MAX: usize = 10_000;

/// Tickets and their items that were failures at this number.
pub(super) async fn failures(
    conn: &mut PgConnection,
    number: i64,
) -> Result<BTreeSet<(TicketId, CiId)>, sqlx::Error> {
    let rows = sqlx::query(include_str!("sql/failures.sql")).bind(number).fetch_all(conn).await?;
    let pair = |row: &sqlx::postgres::PgRow| {
        Ok((TicketId(row.try_get("ticket_id")?), CiId(row.try_get("ci_id")?)))
    };
    rows.iter().map(pair).collect()
}

/// Those that are not this ticket's own.
pub(super) fn of_others(
    failures: impl IntoIterator<Item = (TicketId, CiId)>,
    ticket: TicketId,
) -> BTreeSet<CiId> {
    let others = failures.into_iter().filter(|(id, _)| *id != ticket).map(|(_, ci)| ci);
    let others: BTreeSet<CiId> = others.collect();
    others.into_iter().take(CONTEXT_MAX).collect()
}
