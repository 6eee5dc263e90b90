//! Batches of the log into rows.

use std::collections::{BTreeMap, BTreeSet};

use async_trait::async_trait;
use cqrs_es::Aggregate;
use domain::Fact;
use domain::ticket::Ticket;
use domain::ticket_clock::TicketClock;
use journal::Recorded;
use sqlx::PgConnection;
use uuid::Uuid;

use super::row::TimersRow;
use crate::almanac::{Almanac, AlmanacError};
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::rows;
use crate::tickets::{SEEN_BY, course};

/// The read model `sla_timers`.
#[derive(Debug, Clone, Default)]
pub struct SlaTimers {
    almanac: Almanac,
}

#[async_trait]
impl ReadModel for SlaTimers {
    fn name(&self) -> &'static str {
        "sla_timers"
    }

    fn version(&self) -> i32 {
        2
    }

    fn ddl(&self) -> &'static str {
        include_str!("../../../migrations/read/views/sla_timers.v2.sql")
    }

    fn tables(&self) -> &'static [Table] {
        &[Table { name: "sla_timers", key: &["ticket_id"], stream: Some("ticket_id") }]
    }

    fn grain(&self) -> Grain {
        Grain::Stream
    }

    fn types(&self) -> &'static [&'static str] {
        const { &[Ticket::TYPE, TicketClock::TYPE] }
    }

    fn behind(&self) -> &'static [&'static str] {
        SEEN_BY
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        batch: &[&Recorded],
        step: Step,
    ) -> Result<bool, ProjectionError> {
        let of_clocks = |fact: &Fact| matches!(fact, Fact::Ticket(..) | Fact::TicketClock(..));
        let ids = if step.fresh { Vec::new() } else { rows::ids(batch, of_clocks) };
        let mut folded: BTreeMap<Uuid, TimersRow> =
            rows::touched(conn, "sla_timers", include_str!("sql/touched.sql"), &ids).await?;
        for recorded in batch.iter().filter(|recorded| of_clocks(&recorded.fact)) {
            let id = recorded.fact.stream();
            let row = TimersRow::fold(folded.remove(&id), &recorded.fact, &recorded.event);
            folded.extend(row.map(|row| (id, row)));
        }
        self.arm(conn, &mut folded).await?;
        let rows = rows::stored(folded.values());
        rows::write(conn, include_str!("sql/write.sql"), step, [rows]).await
    }
}

impl SlaTimers {
    /// Finds what is next of each row.
    async fn arm(
        &self,
        conn: &mut PgConnection,
        rows: &mut BTreeMap<Uuid, TimersRow>,
    ) -> Result<(), ProjectionError> {
        fill(conn, rows).await?;
        let courses = rows.values().filter_map(|row| row.course.as_ref());
        let versions: BTreeSet<_> = courses.flat_map(|course| course.calendars()).collect();
        let hours = self.almanac.hours(conn, &versions).await?;
        for row in rows.values_mut() {
            row.arm(&hours).map_err(AlmanacError::from)?;
        }
        Ok(())
    }
}

/// Fills the courses that began without an opening, each up to the row's last event.
async fn fill(
    conn: &mut PgConnection,
    rows: &mut BTreeMap<Uuid, TimersRow>,
) -> Result<(), ProjectionError> {
    let is_empty =
        |row: &&TimersRow| row.course.as_ref().is_some_and(|course| course.opened_at().is_none());
    let empty = rows.values().filter(is_empty);
    let (ids, versions): (Vec<String>, Vec<i64>) =
        empty.map(|row| (row.ticket_id.to_string(), row.version)).unzip();
    if ids.is_empty() {
        return Ok(());
    }
    for (id, course) in course::read(conn, &ids, &versions).await? {
        if let Some(row) = rows.get_mut(&id) {
            row.course = Some(course);
        }
    }
    Ok(())
}
