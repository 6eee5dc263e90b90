//! The course of a ticket's row: kept only once the ticket has, or had, a plan.
//!
//! Most desks measure some of their tickets, many none: a row without a plan carries nothing. When a
//! ticket gets its first plan later on, what moved its clocks until then is read from its own events,
//! which stand in the journal for good.

use std::collections::BTreeMap;

use domain::Fact;
use domain::kernel::{Meta, SlaPlanId};
use domain::sla::stopwatch::Course;
use domain::ticket::TicketEvent;
use journal::StreamEvent;
use sqlx::types::Json;
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use super::row::TicketRow;
use crate::error::ProjectionError;
use crate::keyless;
use crate::rows::micros;

/// The course after an event: with a first plan it begins. Where that does not come with the opening,
/// it stays empty until somebody [fills](fill) it.
pub(crate) fn next(
    course: Option<Course>,
    event: &StreamEvent,
    ticket_event: &TicketEvent,
) -> Option<Course> {
    let begins = match ticket_event {
        TicketEvent::Opened(e) => e.sla.is_some(),
        TicketEvent::SlaTermsRestated(e) => e.terms.is_some(),
        _ => false,
    };
    let mut course = course.or_else(|| begins.then(Course::default))?;
    course.fold(event.sequence, micros(event.meta.occurred_at), ticket_event);
    Some(course)
}

/// The plan after an event.
pub(super) fn plan(event: &TicketEvent, before: Option<SlaPlanId>) -> Option<SlaPlanId> {
    match event {
        TicketEvent::Opened(e) => e.sla.as_ref().map(|terms| terms.plan),
        TicketEvent::SlaTermsRestated(e) => e.terms.as_ref().map(|terms| terms.plan),
        _ => before,
    }
}

/// Fills the courses that began without an opening, each up to the row's last event.
pub(super) async fn fill(
    conn: &mut PgConnection,
    rows: &mut [&mut TicketRow],
) -> Result<(), ProjectionError> {
    let is_empty =
        |row: &TicketRow| row.course.as_ref().is_some_and(|course| course.opened_at().is_none());
    let empty = rows.iter().filter(|row| is_empty(row));
    let (ids, versions): (Vec<String>, Vec<i64>) =
        empty.map(|row| (row.ticket_id.to_string(), row.version)).unzip();
    if ids.is_empty() {
        return Ok(());
    }
    let mut courses = read(conn, &ids, &versions).await?;
    for row in rows.iter_mut().filter(|row| is_empty(row)) {
        let course = courses.remove(&row.ticket_id.0);
        row.course = Some(course.ok_or(ProjectionError::Row("tickets"))?);
    }
    Ok(())
}

/// The courses of these tickets up to these events, from the journal.
pub(crate) async fn read(
    conn: &mut PgConnection,
    ids: &[String],
    versions: &[i64],
) -> Result<BTreeMap<Uuid, Course>, ProjectionError> {
    let rows = sqlx::query(include_str!("sql/events.sql"))
        .bind(ids)
        .bind(versions)
        .fetch_all(conn)
        .await?;
    let mut courses: BTreeMap<Uuid, Course> = BTreeMap::new();
    for row in &rows {
        let (fact, sequence) = keyless::fact(row)?;
        let Json(metadata) = row.try_get("metadata")?;
        let meta = Meta::from_map(&metadata, row.try_get("recorded_at")?, None)
            .map_err(|_| ProjectionError::Unreadable("an event has no time".to_owned()))?;
        if let Fact::Ticket(id, event) = fact {
            courses.entry(id.0).or_default().fold(sequence, micros(meta.occurred_at), &event);
        }
    }
    Ok(courses)
}
