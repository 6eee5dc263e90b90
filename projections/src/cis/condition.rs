//! Filters on their way into SQL. Values are always parameters.

use chrono::{DateTime, Datelike, Utc};
use domain::cmdb::Datum;
use serde_json::{Value, json};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::filter::{CiField, CiFilter, Compare, Operand, Sort};
use crate::error::ReadError;
use crate::read::{containing, storable};
use crate::rows::{line, micros};

type Sql = QueryBuilder<'static, Postgres>;

/// Words of a search that count.
const WORDS: usize = 10;
/// What a number looks like; other texts may stand where an attribute of the same name is another.
const NUMBER: &str = "'^-?[0-9]+(\\.[0-9]+)?$'";

/// Adds the condition on the item `c`.
pub(super) fn push(sql: &mut Sql, filter: &CiFilter) -> Result<(), ReadError> {
    match filter {
        CiFilter::And(parts) => push_list(sql, parts, "true", " and "),
        CiFilter::Or(parts) => push_list(sql, parts, "false", " or "),
        CiFilter::Not(part) => {
            sql.push("not (");
            push(sql, part)?;
            sql.push(")");
            Ok(())
        }
        CiFilter::Class(classes) => {
            // Of one class alone, an index holds the items in their order.
            if let [class] = classes[..] {
                sql.push("c.class_id = ").push_bind(class.0);
            } else {
                let classes: Vec<Uuid> = classes.iter().map(|id| id.0).collect();
                sql.push("c.class_id = any(").push_bind(classes).push(")");
            }
            Ok(())
        }
        CiFilter::Is(CiField::Attribute(name, sort), compare) => {
            push_attribute(sql, (name, *sort), compare)
        }
        CiFilter::Is(field, compare) => push_column(sql, field, compare),
    }
}

/// Adds the words that the name has, each as a part.
pub(super) fn push_search(sql: &mut Sql, search: &str) {
    if !storable(search) {
        sql.push(" and false");
        return;
    }
    for word in line(search).split_whitespace().take(WORDS) {
        sql.push(" and c.searched like ").push_bind(containing(word));
    }
}

fn push_list(
    sql: &mut Sql,
    parts: &[CiFilter],
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

/// Never null, so that NOT around it means what it says.
fn push_column(sql: &mut Sql, field: &CiField, compare: &Compare) -> Result<(), ReadError> {
    let column = column(field);
    match compare {
        Compare::In(operands) => {
            // The null test comes second, so that an index can serve the first.
            sql.push("(").push(column).push(" = any(");
            push_operands(sql, field, operands)?;
            sql.push(") and ").push(column).push(" is not null)");
        }
        Compare::Prefix(text) if matches!(field, CiField::Name | CiField::Status) => {
            sql.push(column).push(" ^@ ").push_bind(stored(text)?);
        }
        Compare::Prefix(_) => return Err(ReadError::BadFilter("this field has no beginning")),
        Compare::IsNull(wanted) => {
            let absent = match field {
                CiField::Name | CiField::Status => " = '')",
                _ => " is null)",
            };
            sql.push(if *wanted { "(" } else { "not (" }).push(column).push(absent);
        }
        Compare::Gt(it) | Compare::Gte(it) | Compare::Lt(it) | Compare::Lte(it) => {
            if matches!(field, CiField::Id | CiField::OrganizationId | CiField::Life) {
                return Err(ReadError::BadFilter("this field has no order"));
            }
            // An array of one, so that there is one way to bind a value of each type.
            sql.push("(").push(column).push(operator(compare)).push("any(");
            push_operands(sql, field, std::slice::from_ref(it))?;
            sql.push(") and ").push(column).push(" is not null)");
        }
    }
    Ok(())
}

/// Its column, of the item `c`.
fn column(field: &CiField) -> &'static str {
    match field {
        CiField::Id => "c.ci_id",
        CiField::Name => "c.name",
        CiField::Status => "coalesce(c.status, '')",
        CiField::Life => "c.life",
        CiField::OrganizationId => "c.organization_id",
        CiField::RegisteredAt => "c.registered_at",
        CiField::ChangedAt => "c.changed_at",
        CiField::Attribute(..) => "c.attributes",
    }
}

fn operator(compare: &Compare) -> &'static str {
    match compare {
        Compare::Gt(_) => " > ",
        Compare::Gte(_) => " >= ",
        Compare::Lt(_) => " < ",
        Compare::Lte(_) => " <= ",
        Compare::In(_) | Compare::Prefix(_) | Compare::IsNull(_) => " = ",
    }
}

fn push_operands(sql: &mut Sql, field: &CiField, operands: &[Operand]) -> Result<(), ReadError> {
    match field {
        CiField::Id | CiField::OrganizationId => {
            sql.push_bind(all(operands, id)?);
        }
        CiField::RegisteredAt | CiField::ChangedAt => {
            sql.push_bind(all(operands, time)?);
        }
        CiField::Name | CiField::Status | CiField::Life | CiField::Attribute(..) => {
            sql.push_bind(all(operands, text)?);
        }
    }
    Ok(())
}

/// All of them, else the first that does not fit.
fn all<T>(operands: &[Operand], one: impl Fn(&Operand) -> Option<T>) -> Result<Vec<T>, ReadError> {
    let fault = || ReadError::BadFilter("this field is not compared with such a value");
    operands.iter().map(|operand| one(operand).ok_or_else(fault)).collect()
}

fn text(operand: &Operand) -> Option<String> {
    match operand {
        Operand::Value(Datum::Text(text)) if storable(text) => Some(text.clone()),
        Operand::Value(_) | Operand::Id(_) | Operand::Time(_) => None,
    }
}

fn id(operand: &Operand) -> Option<Uuid> {
    match operand {
        Operand::Id(id) => Some(*id),
        Operand::Value(_) | Operand::Time(_) => None,
    }
}

fn time(operand: &Operand) -> Option<DateTime<Utc>> {
    match operand {
        Operand::Time(at) if (0..=9_999).contains(&at.year()) => Some(micros(*at)),
        Operand::Value(_) | Operand::Id(_) | Operand::Time(_) => None,
    }
}

/// A text that Postgres can hold.
fn stored(text: &str) -> Result<String, ReadError> {
    storable(text).then(|| text.to_owned()).ok_or(ReadError::BadFilter("a text holds no NUL"))
}

fn push_attribute(
    sql: &mut Sql,
    (name, sort): (&str, Sort),
    compare: &Compare,
) -> Result<(), ReadError> {
    let value = |operand: &Operand| match operand {
        Operand::Value(datum) => Some(datum.clone()),
        Operand::Id(_) | Operand::Time(_) => None,
    };
    match compare {
        Compare::In(operands) => {
            // Each by itself: the index knows what holds this, not what holds one of these.
            let alike: Vec<Value> =
                all(operands, value)?.iter().map(|datum| holding(name, sort, datum)).collect();
            sql.push("(");
            for (nr, alike) in alike.iter().enumerate() {
                sql.push(if nr == 0 { "" } else { " or " });
                sql.push("c.attributes @> ").push_bind(alike.clone());
            }
            sql.push(if alike.is_empty() { "false)" } else { ")" });
        }
        Compare::IsNull(wanted) => {
            sql.push(if *wanted { "not (" } else { "(" });
            sql.push("c.attributes ? ").push_bind(stored(name)?).push(")");
        }
        Compare::Prefix(text) if sort == Sort::Text => {
            sql.push("((c.attributes ->> ").push_bind(stored(name)?).push(") ^@ ");
            sql.push_bind(stored(text)?).push(") is true");
        }
        Compare::Prefix(_) => return Err(ReadError::BadFilter("this field has no beginning")),
        Compare::Gt(it) | Compare::Gte(it) | Compare::Lt(it) | Compare::Lte(it) => {
            let [than] = <[Datum; 1]>::try_from(all(std::slice::from_ref(it), value)?)
                .map_err(|_| ReadError::BadFilter("this field has no order"))?;
            sql.push("(");
            push_value(sql, name, sort)?;
            sql.push(operator(compare)).push_bind(stored(&than.plain())?);
            sql.push(if sort == Sort::Number { "::numeric" } else { "" }).push(") is true");
        }
    }
    Ok(())
}

/// Adds an attribute's value as it is ordered; null where there is none.
pub(super) fn push_value(sql: &mut Sql, name: &str, sort: Sort) -> Result<(), ReadError> {
    let name = stored(name)?;
    match sort {
        Sort::Number => {
            sql.push("(case when c.attributes ->> ").push_bind(name.clone()).push(" ~ ");
            sql.push(NUMBER).push(" then (c.attributes ->> ").push_bind(name);
            sql.push(")::numeric end)");
        }
        Sort::Text => {
            sql.push("((c.attributes ->> ").push_bind(name).push(") collate \"C\")");
        }
        Sort::Alike | Sort::Several => {
            return Err(ReadError::BadFilter("this field has no order"));
        }
    }
    Ok(())
}

/// What an item's attributes hold when this one is alike. No text of the two holds a NUL.
fn holding(name: &str, sort: Sort, datum: &Datum) -> Value {
    let mut value = json!(datum);
    if sort == Sort::Several && !value.is_array() {
        value = json!([value]);
    }
    if let Some(text) = value.as_str().filter(|text| !storable(text)) {
        value = json!(text.replace('\0', "\u{fffd}"));
    }
    json!({ name: value })
}
