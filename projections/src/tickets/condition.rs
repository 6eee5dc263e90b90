//! Filters on their way into SQL. Values are always parameters.

use sqlx::{Postgres, QueryBuilder};

use super::field::Place;
use super::filter::{Compare, Operand, TicketField, TicketFilter};
use super::operand::{all, id, number, priority, text, time};
use crate::error::ReadError;

type Sql = QueryBuilder<'static, Postgres>;

/// Begins the condition on a ticket's dossier; one that has none fails it.
const DOSSIER: &str = "exists (select 1 from dossiers d where d.ticket_id = t.ticket_id and ";

/// The same of its watchers.
const WATCHERS: &str = "exists (select 1 from watchers w where w.ticket_id = t.ticket_id and ";

/// Adds the condition.
pub(super) fn push(sql: &mut Sql, filter: &TicketFilter) -> Result<(), ReadError> {
    match filter {
        TicketFilter::And(parts) => push_list(sql, parts, "true", " and ")?,
        TicketFilter::Or(parts) => push_list(sql, parts, "false", " or ")?,
        TicketFilter::Not(part) => {
            sql.push("not (");
            push(sql, part)?;
            sql.push(")");
        }
        TicketFilter::Is(field, compare) => push_comparison(sql, *field, compare)?,
    }
    Ok(())
}

impl TicketFilter {
    /// Whether it compares what can be compared.
    ///
    /// # Errors
    /// As the list that is asked by it would say.
    pub fn check(&self) -> Result<(), ReadError> {
        push(&mut QueryBuilder::new(""), self)
    }
}

fn push_list(
    sql: &mut Sql,
    parts: &[TicketFilter],
    empty: &'static str,
    between: &'static str,
) -> Result<(), ReadError> {
    if parts.is_empty() {
        sql.push(empty);
        return Ok(());
    }
    sql.push("(");
    for (nr, part) in parts.iter().enumerate() {
        if nr > 0 {
            sql.push(between);
        }
        push(sql, part)?;
    }
    sql.push(")");
    Ok(())
}

fn push_comparison(sql: &mut Sql, field: TicketField, compare: &Compare) -> Result<(), ReadError> {
    let one = std::slice::from_ref::<Operand>;
    match compare {
        Compare::Eq(value) => push_among(sql, field, one(value)),
        Compare::In(values) => push_among(sql, field, values),
        Compare::Ne(value) => push_not_among(sql, field, one(value)),
        Compare::NotIn(values) => push_not_among(sql, field, values),
        Compare::Gt(value) => push_ordered(sql, field, " > any(", value),
        Compare::Gte(value) => push_ordered(sql, field, " >= any(", value),
        Compare::Lt(value) => push_ordered(sql, field, " < any(", value),
        Compare::Lte(value) => push_ordered(sql, field, " <= any(", value),
        Compare::IsNull(wanted) => {
            push_null(sql, field, *wanted);
            Ok(())
        }
    }
}

/// A list is null when it is empty.
fn push_null(sql: &mut Sql, field: TicketField, wanted: bool) {
    sql.push(if wanted { "not (" } else { "(" });
    match field.place() {
        Place::One => sql.push(field.column()).push(" is not null"),
        Place::Many => sql.push(field.column()).push(" <> '{}'"),
        Place::DossierOne => sql.push(DOSSIER).push(field.column()).push(" is not null)"),
        Place::DossierMany => sql.push(DOSSIER).push(field.column()).push(" <> '{}')"),
        Place::Watchers => sql.push(WATCHERS).push(field.column()).push(" <> '{}')"),
    };
    sql.push(")");
}

/// Never null, so that NOT around it means what it says.
fn push_among(sql: &mut Sql, field: TicketField, values: &[Operand]) -> Result<(), ReadError> {
    match field.place() {
        Place::One => {
            // The null test comes second, so that an index can serve the first.
            sql.push("(").push(field.column()).push(" = any(");
            push_values(sql, field, values)?;
            sql.push(") and ").push(field.column()).push(" is not null)");
        }
        Place::Many => {
            sql.push("(").push(field.column()).push(" && ");
            push_values(sql, field, values)?;
            sql.push(")");
        }
        Place::DossierOne => {
            sql.push(DOSSIER).push(field.column()).push(" = any(");
            push_values(sql, field, values)?;
            sql.push("))");
        }
        Place::DossierMany => {
            sql.push(DOSSIER).push(field.column()).push(" && ");
            push_values(sql, field, values)?;
            sql.push(")");
        }
        Place::Watchers => {
            sql.push(WATCHERS).push(field.column()).push(" && ");
            push_values(sql, field, values)?;
            sql.push(")");
        }
    }
    Ok(())
}

fn push_not_among(sql: &mut Sql, field: TicketField, values: &[Operand]) -> Result<(), ReadError> {
    sql.push("not ");
    push_among(sql, field, values)
}

/// An array of one, so that there is one way to bind a value of each type.
fn push_ordered(
    sql: &mut Sql,
    field: TicketField,
    operator: &'static str,
    value: &Operand,
) -> Result<(), ReadError> {
    if !field.is_ordered() {
        return Err(ReadError::BadFilter("this field has no order"));
    }
    sql.push("(").push(field.column()).push(operator);
    push_values(sql, field, std::slice::from_ref(value))?;
    sql.push(") and ").push(field.column()).push(" is not null)");
    Ok(())
}

fn push_values(sql: &mut Sql, field: TicketField, values: &[Operand]) -> Result<(), ReadError> {
    use TicketField as F;
    match field {
        F::State | F::Kind | F::Impact | F::Urgency | F::Number | F::ExternalRef | F::Tag => {
            sql.push_bind(all(values, text)?);
        }
        F::Priority => {
            sql.push_bind(all(values, priority)?);
        }
        F::UnitId
        | F::AssigneeId
        | F::HolderId
        | F::RequesterId
        | F::AuthorId
        | F::SubjectId
        | F::MergedIntoId
        | F::WatcherId
        | F::ParentId
        | F::SlaPlanId => {
            sql.push_bind(all(values, id)?);
        }
        F::CreatedAt | F::ResolvedAt | F::ClosedAt | F::DeadlineAt | F::DueAt | F::BreachAt => {
            sql.push_bind(all(values, time)?);
        }
        F::ReopenCount | F::ReassignmentCount | F::Tier => {
            sql.push_bind(all(values, number)?);
        }
    }
    Ok(())
}
