//! The row as its table's columns.

use domain::kernel::{PersonId, SlaPlanId, SubjectId, TicketId, UnitId};
use domain::ticket::Priority;
use sqlx::postgres::PgRow;
use sqlx::types::Json;
use sqlx::{Postgres, QueryBuilder};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::apply::rank;
use super::dues::Dues;
use super::row::TicketRow;
use crate::columns::Columns;
use crate::error::ReadError;

/// All that a row needs, of the ticket `t`.
const COLUMNS: &str = "\
    t.ticket_id, t.number, t.kind, t.title, t.description, t.state, t.priority, t.impact, t.urgency, \
    t.pending_reason, t.pending_until, t.subject_id, t.requester_id, t.author_id, t.unit_id, \
    t.assignee_ids, t.holder_id, t.last_holder_id, t.individual, t.merged_into_id, t.routing, t.tier, \
    t.external_ref, t.resolution_code, t.solution, t.created_at, t.resolved_at, t.closed_at, \
    t.changed_at, t.version, t.reopen_count, t.reassignment_count, \
    t.sla_plan_id, t.deadline_at, t.course, t.reaction_due_at, t.work_due_at, \
    t.clock_deadline_due_at, t.due_at, t.breach_at";

/// Begins a statement with a row's columns, of the ticket `t`.
pub(super) fn push_select(sql: &mut QueryBuilder<'static, Postgres>) {
    sql.push(" select ").push(COLUMNS);
}

/// The rows of these columns.
pub(super) fn decode(rows: &[PgRow]) -> Result<Vec<TicketRow>, ReadError> {
    rows.iter().map(|row| one(&Columns { table: "tickets", row })).collect()
}

fn one(row: &Columns<'_>) -> Result<TicketRow, ReadError> {
    let rank_of: i16 = row.get("priority")?;
    let priority = Priority::iter().find(|one| rank(*one) == rank_of);
    let assignees: Vec<Uuid> = row.get("assignee_ids")?;
    Ok(TicketRow {
        ticket_id: TicketId(row.get("ticket_id")?),
        number: row.get("number")?,
        kind: row.word("kind")?,
        title: row.get("title")?,
        description: row.get("description")?,
        state: row.word("state")?,
        priority: priority.ok_or_else(|| row.unknown())?,
        impact: row.maybe_word("impact")?,
        urgency: row.maybe_word("urgency")?,
        pending_reason: row.maybe_word("pending_reason")?,
        pending_until: row.get("pending_until")?,
        subject_id: row.maybe("subject_id", SubjectId)?,
        requester_id: PersonId(row.get("requester_id")?),
        author_id: PersonId(row.get("author_id")?),
        unit_id: row.maybe("unit_id", UnitId)?,
        assignee_ids: assignees.into_iter().map(PersonId).collect(),
        holder_id: row.maybe("holder_id", PersonId)?,
        last_holder_id: row.maybe("last_holder_id", PersonId)?,
        individual: row.get("individual")?,
        merged_into_id: row.maybe("merged_into_id", TicketId)?,
        routing: row.maybe("routing", |Json(routing)| routing)?,
        tier: row.get("tier")?,
        external_ref: row.get("external_ref")?,
        resolution_code: row.get("resolution_code")?,
        solution: row.get("solution")?,
        created_at: row.get("created_at")?,
        resolved_at: row.get("resolved_at")?,
        closed_at: row.get("closed_at")?,
        changed_at: row.get("changed_at")?,
        version: row.get("version")?,
        reopen_count: row.get("reopen_count")?,
        reassignment_count: row.get("reassignment_count")?,
        sla_plan_id: row.maybe("sla_plan_id", SlaPlanId)?,
        deadline_at: row.get("deadline_at")?,
        course: row.maybe("course", |Json(course)| course)?,
        dues: Dues {
            reaction_due_at: row.get("reaction_due_at")?,
            work_due_at: row.get("work_due_at")?,
            clock_deadline_due_at: row.get("clock_deadline_due_at")?,
            due_at: row.get("due_at")?,
            breach_at: row.get("breach_at")?,
        },
    })
}
