//! What is true of the tickets that a reader sees, on its way into SQL: for views that are more than a
//! few ways to have to do with a ticket.

use domain::access::filter::Predicate;
use domain::access::model::{FieldName, RelationName};
use domain::access::{TicketAttribute, Who};
use domain::ticket::{Priority, TicketState};
use sqlx::{Postgres, QueryBuilder};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::apply::rank;
use super::arm::Arm;
use super::scope::{View, push_any};
use super::ways;
use crate::read::storable;

type Sql = QueryBuilder<'static, Postgres>;

/// Adds the condition on the ticket `t`. What is null is not true.
pub(super) fn push(sql: &mut Sql, view: &View, predicate: &Predicate) {
    match predicate {
        Predicate::Within(place) => {
            let units = view.world.rules().tree().units_within(place).map(|unit| unit.0);
            Arm::Among("t.unit_id", units.collect()).push(sql);
        }
        Predicate::Stands { delegator, all } => match view.who(*delegator) {
            Some(who) => {
                sql.push("(true");
                for name in all.names() {
                    sql.push(" and ");
                    push_standing(sql, who, name);
                }
                sql.push(")");
            }
            None => drop(sql.push("false")),
        },
        // A ticket is no item, and nobody says how risky it is.
        Predicate::Item(_) | Predicate::HasRisk | Predicate::RiskAtMost(_) => {
            sql.push("false");
        }
        Predicate::Has(name) => push_has(sql, name),
        Predicate::AttributeIn { name, values } => {
            push_among(sql, name, values.iter().map(String::as_str));
        }
        Predicate::Not(part) => {
            sql.push("(");
            push(sql, view, part);
            sql.push(" is not true)");
        }
        Predicate::All(parts) => push_list(sql, view, parts, ("(true", " and ")),
        Predicate::Any(parts) => push_list(sql, view, parts, ("(false", " or ")),
    }
}

fn push_list(
    sql: &mut Sql,
    view: &View,
    parts: &[Predicate],
    (empty, between): (&'static str, &'static str),
) {
    sql.push(empty);
    for part in parts {
        sql.push(between);
        push(sql, view, part);
    }
    sql.push(")");
}

fn push_standing(sql: &mut Sql, who: &Who, relation: RelationName) {
    if let Some(arms) = ways::of_relation(who, relation) {
        push_any(sql, &arms);
    } else if relation == RelationName::Unassigned {
        sql.push("t.assignee_ids = '{}'");
    } else {
        let open = TicketState::iter().filter(|state| state.is_open());
        let open: Vec<String> = open.map(|state| state.to_string()).collect();
        Arm::Unplaced.push(sql);
        sql.push(" and t.state = any(").push_bind(open).push(")");
    }
}

fn push_has(sql: &mut Sql, name: &FieldName) {
    sql.push(match TicketAttribute::named(name) {
        Some(TicketAttribute::Impact) => "t.impact is not null",
        Some(TicketAttribute::Urgency) => "t.urgency is not null",
        Some(TicketAttribute::Subject) => "t.subject_id is not null",
        Some(
            TicketAttribute::Kind
            | TicketAttribute::State
            | TicketAttribute::Priority
            | TicketAttribute::Tier,
        ) => "true",
        None => "false",
    });
}

/// What is no value of the attribute is none of any ticket's.
fn push_among<'a>(sql: &mut Sql, name: &FieldName, values: impl Iterator<Item = &'a str>) {
    let Some(attribute) = TicketAttribute::named(name) else {
        sql.push("false");
        return;
    };
    let column = match attribute {
        TicketAttribute::Kind => "t.kind",
        TicketAttribute::State => "t.state",
        TicketAttribute::Priority => "t.priority",
        TicketAttribute::Impact => "t.impact",
        TicketAttribute::Urgency => "t.urgency",
        TicketAttribute::Subject => "t.subject_id",
        TicketAttribute::Tier => "t.tier",
    };
    sql.push(column).push(" = any(");
    match attribute {
        TicketAttribute::Kind
        | TicketAttribute::State
        | TicketAttribute::Impact
        | TicketAttribute::Urgency => {
            let words: Vec<String> =
                values.filter(|word| storable(word)).map(str::to_owned).collect();
            sql.push_bind(words);
        }
        TicketAttribute::Priority => {
            let ranks = values.filter_map(|word| word.parse::<Priority>().ok()).map(rank);
            sql.push_bind(ranks.collect::<Vec<i16>>());
        }
        TicketAttribute::Subject => {
            let ids = values.filter_map(|text| Some((text, Uuid::try_parse(text).ok()?)));
            let ids = ids.filter(|(text, id)| id.to_string() == *text).map(|(_, id)| id);
            sql.push_bind(ids.collect::<Vec<Uuid>>());
        }
        TicketAttribute::Tier => {
            let tiers = values.filter_map(|text| Some((text, text.parse::<i16>().ok()?)));
            let tiers = tiers.filter(|(text, tier)| tier.to_string() == *text);
            sql.push_bind(tiers.map(|(_, tier)| tier).collect::<Vec<i16>>());
        }
    }
    sql.push(")");
}
