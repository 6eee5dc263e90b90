//! The row as its table's columns: nothing is turned into JSON and back for a list.

use std::str::FromStr;

use domain::kernel::{PersonId, SubjectId, TicketId, UnitId};
use domain::ticket::Priority;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{Decode, Postgres, Row, Type};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::apply::rank;
use super::row::TicketRow;
use crate::error::ReadError;

/// All that a row needs, of the ticket `t`.
pub(super) const COLUMNS: &str = include_str!("sql/columns.sql");

/// The rows of these columns.
pub(super) fn decode(rows: &[PgRow]) -> Result<Vec<TicketRow>, ReadError> {
    rows.iter().map(one).collect()
}

fn one(row: &PgRow) -> Result<TicketRow, ReadError> {
    let person = |name| maybe(row, name).map(|id| id.map(PersonId));
    Ok(TicketRow {
        ticket_id: TicketId(get(row, "ticket_id")?),
        number: get(row, "number")?,
        kind: word(get(row, "kind")?)?,
        title: get(row, "title")?,
        description: get(row, "description")?,
        state: word(get(row, "state")?)?,
        priority: priority(get(row, "priority")?)?,
        impact: maybe_word(get(row, "impact")?)?,
        urgency: maybe_word(get(row, "urgency")?)?,
        pending_reason: maybe_word(get(row, "pending_reason")?)?,
        pending_until: get(row, "pending_until")?,
        subject_id: maybe(row, "subject_id")?.map(SubjectId),
        requester_id: PersonId(get(row, "requester_id")?),
        author_id: PersonId(get(row, "author_id")?),
        unit_id: maybe(row, "unit_id")?.map(UnitId),
        assignee_ids: get::<Vec<Uuid>>(row, "assignee_ids")?.into_iter().map(PersonId).collect(),
        holder_id: person("holder_id")?,
        last_holder_id: person("last_holder_id")?,
        individual: get(row, "individual")?,
        merged_into_id: maybe(row, "merged_into_id")?.map(TicketId),
        routing: get::<Option<Json<_>>>(row, "routing")?.map(|Json(routing)| routing),
        tier: get(row, "tier")?,
        external_ref: get(row, "external_ref")?,
        resolution_code: get(row, "resolution_code")?,
        solution: get(row, "solution")?,
        created_at: get(row, "created_at")?,
        resolved_at: get(row, "resolved_at")?,
        closed_at: get(row, "closed_at")?,
        changed_at: get(row, "changed_at")?,
        version: get(row, "version")?,
        reopen_count: get(row, "reopen_count")?,
        reassignment_count: get(row, "reassignment_count")?,
    })
}

fn get<'r, T: Decode<'r, Postgres> + Type<Postgres>>(
    row: &'r PgRow,
    name: &str,
) -> Result<T, ReadError> {
    row.try_get(name).map_err(|_| ReadError::Row("tickets"))
}

fn maybe(row: &PgRow, name: &str) -> Result<Option<Uuid>, ReadError> {
    get(row, name)
}

fn word<T: FromStr>(text: &str) -> Result<T, ReadError> {
    text.parse().map_err(|_| ReadError::Row("tickets"))
}

fn maybe_word<T: FromStr>(text: Option<&str>) -> Result<Option<T>, ReadError> {
    text.map(word).transpose()
}

fn priority(stored: i16) -> Result<Priority, ReadError> {
    Priority::iter().find(|one| rank(*one) == stored).ok_or(ReadError::Row("tickets"))
}
