//! The tickets of a question, folded from their own streams.

use domain::Fact;
use domain::kernel::TicketId;
use domain::report::Case;
use domain::what_if::Question;
use journal::read::StreamsError;
use sqlx::{PgConnection, Row};

use super::{Extent, WhatIfError};
use crate::keyless;

/// The identities of the tickets that were opened in the question's period, in their order.
pub(super) async fn opened(
    conn: &mut PgConnection,
    question: &Question,
    extent: Extent,
) -> Result<Vec<String>, WhatIfError> {
    let rows = sqlx::query(include_str!("sql/opened.sql"))
        .bind(question.from)
        .bind(question.to)
        .bind(extent.through)
        .bind(extent.tickets.saturating_add(1))
        .fetch_all(conn)
        .await?;
    if i64::try_from(rows.len()).is_ok_and(|found| found > extent.tickets) {
        return Err(WhatIfError::TooMany(extent.tickets));
    }
    Ok(rows.iter().map(|row| row.try_get("aggregate_id")).collect::<Result<_, _>>()?)
}

/// These tickets, as far as they had come at a place in the log.
pub(super) async fn cases(
    conn: &mut PgConnection,
    ids: &[String],
    through: i64,
) -> Result<Vec<(TicketId, Case)>, WhatIfError> {
    let rows = sqlx::query(include_str!("sql/streams.sql"))
        .bind(ids)
        .bind(through)
        .fetch_all(conn)
        .await?;
    let mut cases: Vec<(TicketId, Case)> = Vec::with_capacity(ids.len());
    for row in &rows {
        if row.try_get::<Option<&str>, _>("event_version")?.is_none() {
            let stream: &str = row.try_get("aggregate_id")?;
            let (stream, sequence) = (format!("ticket/{stream}"), row.try_get("sequence")?);
            return Err(StreamsError::Cut { stream, sequence }.into());
        }
        let (Fact::Ticket(id, event), sequence) = keyless::fact(row)? else { continue };
        if cases.last().is_none_or(|(last, _)| *last != id) {
            cases.push((id, Case::default()));
        }
        if let Some((_, case)) = cases.last_mut() {
            // Who did it makes no difference to a clock.
            case.fold(sequence, row.try_get("occurred_at")?, None, &event);
        }
    }
    Ok(cases)
}
