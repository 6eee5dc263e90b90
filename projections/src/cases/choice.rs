//! Which tickets can be in a report, as conditions that indexes serve. They choose the same tickets
//! as the domain's own test of a case does; what is counted, that one decides.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use domain::report::{KpiQuestion, Part, Question};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

/// The column of the instant by which a part's tickets are in the period.
pub(super) fn column(part: Part) -> &'static str {
    match part {
        Part::Created | Part::Incoming => "opened_at",
        Part::Completed => "resolved_at",
        Part::NotCompleted => "changed_at",
    }
}

/// The tickets of a part.
pub(super) fn push_part(sql: &mut QueryBuilder<'_, Postgres>, question: &Question, part: Part) {
    let unit = question.unit.0;
    let staff: Vec<Uuid> = question.staff.iter().map(|person: &PersonId| person.0).collect();
    push_period(sql, column(part), question.from, question.to);
    match part {
        Part::Created => {
            sql.push(" and c.outcome <> 'MERGED' and c.author_id = any(").push_bind(staff);
            sql.push(")");
        }
        Part::Incoming => {
            sql.push(" and c.outcome <> 'MERGED' and ((c.opened_assignee_ids = '{}'");
            sql.push(" and c.opened_unit_id = ").push_bind(unit);
            sql.push(") or (c.person_ids && ").push_bind(staff.clone());
            sql.push(" and c.opened_assignee_ids && ").push_bind(staff).push("))");
        }
        Part::Completed => {
            sql.push(" and c.outcome = 'SOLVED' and (c.resolver_id = any(").push_bind(staff);
            sql.push(") or (c.resolver_id is null and c.resolved_unit_id = ").push_bind(unit);
            sql.push("))");
        }
        Part::NotCompleted => {
            sql.push(" and c.outcome = 'OPEN' and (c.unit_id = ").push_bind(unit);
            sql.push(" or (c.unit_id is null and c.person_ids && ").push_bind(staff.clone());
            sql.push(" and c.assignee_ids && ").push_bind(staff).push("))");
        }
    }
}

/// The tickets to which anything happened in the period, and those that were open in it.
pub(super) fn push_kpis(sql: &mut QueryBuilder<'_, Postgres>, question: &KpiQuestion) {
    sql.push(" and c.outcome <> 'MERGED' and c.opened_at < ").push_bind(question.to);
    sql.push(" and (c.outcome = 'OPEN' or c.changed_at >= ").push_bind(question.from).push(")");
    if let Some(unit) = question.unit {
        sql.push(" and c.unit_ids @> ").push_bind(vec![unit.0]);
    }
    if let Some(person) = question.person {
        sql.push(" and c.person_ids @> ").push_bind(vec![person.0]);
    }
}

fn push_period(
    sql: &mut QueryBuilder<'_, Postgres>,
    column: &str,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) {
    sql.push("c.").push(column).push(" >= ").push_bind(from);
    sql.push(" and c.").push(column).push(" < ").push_bind(to);
}
