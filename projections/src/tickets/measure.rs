//! Reads the clocks of rows: what their columns show, and what they show at an instant.

use std::collections::BTreeSet;

use sqlx::PgConnection;

use super::course;
use super::dues::Dues;
use super::row::TicketRow;
use crate::almanac::{Almanac, AlmanacError};
use crate::error::ProjectionError;

/// Brings the dues of folded rows up to date. Rows that never had a plan cost nothing.
///
/// # Errors
/// A calendar that is not there; the database.
pub async fn measure(
    conn: &mut PgConnection,
    almanac: &Almanac,
    rows: impl Iterator<Item = &mut TicketRow>,
) -> Result<(), ProjectionError> {
    let mut rows: Vec<&mut TicketRow> = rows.filter(|row| row.course.is_some()).collect();
    if rows.is_empty() {
        return Ok(());
    }
    course::fill(conn, &mut rows).await?;
    // Of what is done, no clock is left that counts.
    rows.retain(|row| row.state.is_open());
    let courses = || rows.iter().filter_map(|row| row.course.as_ref());
    let versions: BTreeSet<_> = courses().flat_map(|course| course.calendars()).collect();
    let hours = almanac.hours(conn, &versions).await?;
    for row in rows {
        if let Some(course) = &row.course {
            row.dues = match course.terms() {
                Some(_) => Dues::of(course, &hours).map_err(AlmanacError::from)?,
                None => Dues::by_hand(row.deadline_at),
            };
        }
    }
    Ok(())
}
