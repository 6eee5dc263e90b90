//! The filter asked of one ticket in memory, as the live feed does. It says what the SQL says.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::apply::rank;
use super::filter::{Compare, Operand, TicketField, TicketFilter};
use super::operand::{all, id, number, priority, text, time};
use super::row::TicketRow;
use crate::dossiers::DossierRow;
use crate::error::ReadError;

/// One of the values a field has, or is compared with.
#[derive(Debug, Clone, PartialEq, PartialOrd)]
enum Value {
    Text(String),
    Id(Uuid),
    Time(DateTime<Utc>),
    Number(i64),
}

impl TicketFilter {
    /// Whether the ticket with this dossier passes.
    ///
    /// # Errors
    /// The filter compares what cannot be compared, wherever in it: as the list would say.
    pub fn matches(&self, row: &TicketRow, dossier: &DossierRow) -> Result<bool, ReadError> {
        match self {
            Self::And(parts) => {
                let verdicts = every(parts, row, dossier)?;
                Ok(verdicts.into_iter().all(|passes| passes))
            }
            Self::Or(parts) => {
                let verdicts = every(parts, row, dossier)?;
                Ok(verdicts.into_iter().any(|passes| passes))
            }
            Self::Not(part) => Ok(!part.matches(row, dossier)?),
            Self::Is(field, compare) => holds(*field, compare, &values(*field, row, dossier)),
        }
    }
}

/// All of them, so that a bad one is found behind one that decides.
fn every(
    parts: &[TicketFilter],
    row: &TicketRow,
    dossier: &DossierRow,
) -> Result<Vec<bool>, ReadError> {
    parts.iter().map(|part| part.matches(row, dossier)).collect()
}

fn holds(field: TicketField, compare: &Compare, values: &[Value]) -> Result<bool, ReadError> {
    let one = std::slice::from_ref::<Operand>;
    match compare {
        Compare::Eq(operand) => among(field, values, one(operand)),
        Compare::In(operands) => among(field, values, operands),
        Compare::Ne(operand) => Ok(!among(field, values, one(operand))?),
        Compare::NotIn(operands) => Ok(!among(field, values, operands)?),
        Compare::Gt(operand) => ordered(field, values, operand, Ordering::is_gt),
        Compare::Gte(operand) => ordered(field, values, operand, Ordering::is_ge),
        Compare::Lt(operand) => ordered(field, values, operand, Ordering::is_lt),
        Compare::Lte(operand) => ordered(field, values, operand, Ordering::is_le),
        Compare::IsNull(wanted) => Ok(values.is_empty() == *wanted),
    }
}

fn among(field: TicketField, values: &[Value], operands: &[Operand]) -> Result<bool, ReadError> {
    let operands = all(operands, |operand| value_of(field, operand))?;
    Ok(values.iter().any(|value| operands.contains(value)))
}

fn ordered(
    field: TicketField,
    values: &[Value],
    operand: &Operand,
    wanted: fn(Ordering) -> bool,
) -> Result<bool, ReadError> {
    if !field.is_ordered() {
        return Err(ReadError::BadFilter("this field has no order"));
    }
    let operand = value_of(field, operand)?;
    Ok(values.iter().any(|value| value.partial_cmp(&operand).is_some_and(wanted)))
}

/// What the field is compared with.
fn value_of(field: TicketField, operand: &Operand) -> Result<Value, ReadError> {
    use TicketField as F;
    match field {
        F::State | F::Kind | F::Impact | F::Urgency | F::Number | F::ExternalRef | F::Tag => {
            text(operand).map(Value::Text)
        }
        F::Priority => priority(operand).map(|rank| Value::Number(rank.into())),
        F::UnitId
        | F::AssigneeId
        | F::HolderId
        | F::RequesterId
        | F::AuthorId
        | F::SubjectId
        | F::MergedIntoId
        | F::WatcherId
        | F::ParentId
        | F::SlaPlanId => id(operand).map(Value::Id),
        F::CreatedAt | F::ResolvedAt | F::ClosedAt | F::DeadlineAt | F::DueAt | F::BreachAt => {
            time(operand).map(Value::Time)
        }
        F::ReopenCount | F::ReassignmentCount | F::Tier => number(operand).map(Value::Number),
    }
}

/// What the ticket has there; nothing where it is null.
fn values(field: TicketField, row: &TicketRow, dossier: &DossierRow) -> Vec<Value> {
    let word = |word: String| vec![Value::Text(word)];
    let words = |word: Option<String>| word.map(Value::Text).into_iter().collect();
    let ids = |id: Option<Uuid>| id.map(Value::Id).into_iter().collect();
    let times = |at: Option<DateTime<Utc>>| at.map(Value::Time).into_iter().collect();
    let number = |number: i64| vec![Value::Number(number)];
    match field {
        TicketField::State => word(row.state.to_string()),
        TicketField::Kind => word(row.kind.to_string()),
        TicketField::Priority => number(rank(row.priority).into()),
        TicketField::Impact => words(row.impact.map(|impact| impact.to_string())),
        TicketField::Urgency => words(row.urgency.map(|urgency| urgency.to_string())),
        TicketField::Number => word(row.number.clone()),
        TicketField::ExternalRef => words(row.external_ref.clone()),
        TicketField::UnitId => ids(row.unit_id.map(|id| id.0)),
        TicketField::AssigneeId => row.assignee_ids.iter().map(|id| Value::Id(id.0)).collect(),
        TicketField::HolderId => ids(row.holder_id.map(|id| id.0)),
        TicketField::RequesterId => ids(Some(row.requester_id.0)),
        TicketField::AuthorId => ids(Some(row.author_id.0)),
        TicketField::SubjectId => ids(row.subject_id.map(|id| id.0)),
        TicketField::CreatedAt => times(Some(row.created_at)),
        TicketField::ResolvedAt => times(row.resolved_at),
        TicketField::ClosedAt => times(row.closed_at),
        TicketField::ReopenCount => number(row.reopen_count.into()),
        TicketField::ReassignmentCount => number(row.reassignment_count.into()),
        TicketField::Tier => number(row.tier.into()),
        TicketField::MergedIntoId => ids(row.merged_into_id.map(|id| id.0)),
        TicketField::Tag => dossier.tags.iter().cloned().map(Value::Text).collect(),
        TicketField::WatcherId => dossier.watcher_ids.iter().map(|id| Value::Id(id.0)).collect(),
        TicketField::ParentId => ids(dossier.parent_id.map(|id| id.0)),
        TicketField::SlaPlanId => ids(row.sla_plan_id.map(|id| id.0)),
        TicketField::DeadlineAt => times(row.deadline_at),
        TicketField::DueAt => times(row.dues.due_at),
        TicketField::BreachAt => times(row.dues.breach_at),
    }
}
