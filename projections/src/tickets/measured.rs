//! Open tickets under plans, by what they are measured. Read by the worker that brings edits of plans
//! and calendars to them.

use domain::kernel::TicketId;
use domain::sla::Terms;
use domain::sla::stopwatch::Course;
use sqlx::types::Json;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::ReadError;

/// An open ticket, and the terms it was said last to be under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    /// Which.
    pub ticket: TicketId,
    /// The number of its events.
    pub version: i64,
    /// Whether they are in force for each clock is the stopwatch's to say.
    pub terms: Terms,
}

/// The open tickets under plans behind this one, in the order of their identities: at most `limit`
/// are looked at. And the last one that was, for the next page; none: there are no others.
pub async fn measured(
    pool: &PgPool,
    after: TicketId,
    limit: i64,
) -> Result<(Vec<Measured>, Option<TicketId>), ReadError> {
    let rows = sqlx::query(include_str!("sql/measured.sql"))
        .bind(after.0)
        .bind(limit)
        .fetch_all(pool)
        .await?;
    let mut found = Vec::with_capacity(rows.len());
    let mut last = None;
    for row in &rows {
        let ticket = TicketId(row.try_get::<Uuid, _>("ticket_id")?);
        let course: Option<Json<Course>> = row.try_get("course")?;
        let terms = course.as_ref().and_then(|course| course.terms().cloned());
        let version = row.try_get("version")?;
        found.extend(terms.map(|terms| Measured { ticket, version, terms }));
        last = Some(ticket);
    }
    Ok((found, last))
}
