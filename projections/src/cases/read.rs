//! Reports from cases: figures of all that are chosen, some thousand at a time, and pages of lines.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::report::{Case, KpiQuestion, KpiTable, Line, Part, Question, Report};
use domain::sla::stopwatch::Course;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::choice::{column, push_kpis, push_part};
use crate::almanac::{Almanac, AlmanacError, KnownHours};
use crate::error::ReadError;

/// Cases in memory at a time.
const AT_A_TIME: usize = 1_000;
/// Lines a page, at most.
const MOST: i64 = 1_000;

/// A line of a part, and its place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which ticket.
    pub ticket: TicketId,
    /// The instant by which it is in the period: lines are in this order, then by identity.
    pub instant: DateTime<Utc>,
    /// What the report says of it.
    pub line: Line,
}

/// Some lines of a part, in its order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lines {
    /// The lines.
    pub lines: Vec<Found>,
    /// Whether there are others behind them.
    pub has_next: bool,
}

/// A line's place in its part: its instant, then its ticket.
pub type Place = (DateTime<Utc>, TicketId);

/// The figures of a unit's report. Memory is bounded by 16 bytes a ticket and a thousand cases.
pub async fn report(
    pool: &PgPool,
    almanac: &Almanac,
    question: &Question,
) -> Result<Report, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/ids.sql"));
    sql.push(" and (false");
    for part in Part::iter() {
        sql.push(" or (");
        push_part(&mut sql, question, part);
        sql.push(")");
    }
    sql.push(")");
    let mut report = Report::default();
    for ids in ids(pool, sql).await?.chunks(AT_A_TIME) {
        let cases = cases(pool, ids).await?;
        let hours = hours(pool, almanac, &cases).await?;
        for (_, case) in &cases {
            report.take(question, case, &hours).map_err(AlmanacError::from)?;
        }
    }
    Ok(report)
}

/// Key figures. Memory likewise.
pub async fn kpis(
    pool: &PgPool,
    almanac: &Almanac,
    question: &KpiQuestion,
) -> Result<KpiTable, ReadError> {
    let mut sql = QueryBuilder::new(include_str!("sql/ids.sql"));
    push_kpis(&mut sql, question);
    let mut table = KpiTable::default();
    for ids in ids(pool, sql).await?.chunks(AT_A_TIME) {
        let cases = cases(pool, ids).await?;
        let hours = hours(pool, almanac, &cases).await?;
        for (_, case) in &cases {
            table.take(question, case, &hours).map_err(AlmanacError::from)?;
        }
    }
    Ok(table)
}

/// Lines of a part in its order: at most `first` (1 to 1,000) behind a place.
pub async fn lines(
    pool: &PgPool,
    almanac: &Almanac,
    question: &Question,
    part: Part,
    (first, after): (i64, Option<Place>),
) -> Result<Lines, ReadError> {
    let first = first.clamp(1, MOST);
    let mut sql = QueryBuilder::new(include_str!("sql/select.sql"));
    sql.push(" and ");
    push_part(&mut sql, question, part);
    let column = column(part);
    if let Some((instant, ticket)) = after {
        sql.push(" and (c.").push(column).push(", c.ticket_id) > (").push_bind(instant);
        sql.push(", ").push_bind(ticket.0).push(")");
    }
    sql.push(" order by c.").push(column).push(", c.ticket_id limit ").push_bind(first + 1);
    let rows = sql.build().fetch_all(pool).await?;
    let shown = usize::try_from(first).unwrap_or(usize::MAX);
    let cases = rows.iter().take(shown).map(decoded).collect::<Result<Vec<_>, _>>()?;
    let hours = hours(pool, almanac, &cases).await?;
    let mut lines = Vec::with_capacity(cases.len());
    for (ticket, case) in &cases {
        let line = Line::of(case, question.at, &hours).map_err(AlmanacError::from)?;
        // What happened after the report's instant is not in it.
        let line = line.filter(|_| question.has(part, case));
        let instant = question.instant(part, case);
        let found = |(instant, line)| Found { ticket: *ticket, instant, line };
        lines.extend(instant.zip(line).map(found));
    }
    Ok(Lines { lines, has_next: rows.len() > shown })
}

async fn ids(pool: &PgPool, mut sql: QueryBuilder<'_, Postgres>) -> Result<Vec<Uuid>, ReadError> {
    Ok(sql.build_query_scalar().fetch_all(pool).await?)
}

async fn cases(pool: &PgPool, ids: &[Uuid]) -> Result<Vec<(TicketId, Case)>, ReadError> {
    let rows = sqlx::query(include_str!("sql/by_ids.sql")).bind(ids).fetch_all(pool).await?;
    rows.iter().map(decoded).collect()
}

fn decoded(row: &PgRow) -> Result<(TicketId, Case), ReadError> {
    let Json(case) = row.try_get("told")?;
    Ok((TicketId(row.try_get("ticket_id")?), case))
}

/// Connects only if there is something to look up.
async fn hours(
    pool: &PgPool,
    almanac: &Almanac,
    cases: &[(TicketId, Case)],
) -> Result<KnownHours, ReadError> {
    let courses = cases.iter().map(|(_, case)| case.course());
    let versions: BTreeSet<_> = courses.flat_map(Course::calendars).collect();
    match almanac.known(&versions) {
        Some(hours) => Ok(hours),
        None => Ok(almanac.hours(&mut *pool.acquire().await?, &versions).await?),
    }
}
