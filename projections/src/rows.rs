//! Rows on their way into and out of a model's tables: JSON both ways, so that a row's shape stands
//! in one place, its struct.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{DateTime, SubsecRound, Utc};
use domain::Fact;
use domain::kernel::{Actor, Meta, PersonId, Personal};
use domain::ticket::Tier;
use journal::{InlineView, Recorded};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use uuid::Uuid;

use crate::error::ProjectionError;
use crate::model::Step;

/// What stands for a personal text whose key was destroyed.
pub(crate) const ERASED: &str = "erased";

/// A personal text as views show it.
pub(crate) fn shown(text: &Personal<String>) -> String {
    match text {
        Personal::Clear { value, .. } => value.clone(),
        Personal::Sealed(_) | Personal::Erased => ERASED.to_owned(),
    }
}

/// For whom the command was made, else who made it; none: nobody by hand.
pub(crate) fn actor_of(meta: &Meta) -> Option<PersonId> {
    meta.on_behalf_of.or(match meta.actor {
        Actor::Person(id) => Some(id),
        Actor::Service(_) | Actor::Import | Actor::System => None,
    })
}

/// A text as it is searched: in lower case, in whatever language, and on one line.
pub(crate) fn line(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// An instant as the database keeps it.
pub(crate) fn micros(at: DateTime<Utc>) -> DateTime<Utc> {
    at.trunc_subsecs(6)
}

/// The tier of a column.
pub(crate) fn tier(stored: i16) -> Tier {
    u8::try_from(stored).map_or(Tier::FIRST, Tier)
}

/// The streams of a batch that concern a model, each once.
pub(crate) fn ids(batch: &[&Recorded], concerns: fn(&Fact) -> bool) -> Vec<Uuid> {
    let concerned = batch.iter().map(|recorded| &recorded.fact).filter(|fact| concerns(fact));
    let ids: BTreeSet<Uuid> = concerned.map(Fact::stream).collect();
    ids.into_iter().collect()
}

/// The rows of these keys, as `sql` selects them: one parameter, columns `key` and `stored`.
pub(crate) async fn touched<T: DeserializeOwned>(
    conn: &mut PgConnection,
    table: &'static str,
    sql: &'static str,
    keys: &[Uuid],
) -> Result<BTreeMap<Uuid, T>, ProjectionError> {
    if keys.is_empty() {
        return Ok(BTreeMap::new());
    }
    let rows = sqlx::query(sql).bind(keys).fetch_all(conn).await?;
    rows.iter()
        .map(|row| {
            let stored: Value = row.try_get("stored")?;
            let stored = serde_json::from_value(stored).map_err(|_| ProjectionError::Row(table))?;
            Ok((row.try_get("key")?, stored))
        })
        .collect()
}

/// Rows as the statements take them.
pub(crate) fn stored<'a, T: Serialize + 'a>(rows: impl Iterator<Item = &'a T>) -> Vec<Value> {
    rows.map(|row| json!(row)).collect()
}

/// Runs a model's one statement: parameters from, to, epoch, then one array of rows each. It
/// answers one row when progress was as `step` says.
pub(crate) async fn write<const N: usize>(
    conn: &mut PgConnection,
    sql: &'static str,
    step: Step,
    rows: [Vec<Value>; N],
) -> Result<bool, ProjectionError> {
    let mut query = sqlx::query(sql).bind(step.from).bind(step.to).bind(step.epoch);
    for mut rows in rows {
        rows.iter_mut().for_each(without_nul);
        query = query.bind(Value::Array(rows));
    }
    Ok(query.fetch_optional(conn).await?.is_some())
}

/// Writes what these events say into inline views' tables, as the append would.
pub(crate) async fn write_inline(
    conn: &mut PgConnection,
    views: &[Arc<dyn InlineView>],
    facts: &[(Fact, i64)],
) -> Result<(), sqlx::Error> {
    for view in views {
        let rows = view.rows(facts);
        if !rows.is_empty() {
            let sql = view.sql().replace("{rows}", "$1::jsonb");
            sqlx::query(&sql).bind(Value::Array(rows)).execute(&mut *conn).await?;
        }
    }
    Ok(())
}

/// Postgres texts cannot hold NUL, JSON ones can: a foreign writer's shows as a replacement mark.
fn without_nul(value: &mut Value) {
    match value {
        Value::String(text) if text.contains('\0') => *text = text.replace('\0', "\u{fffd}"),
        Value::Array(items) => items.iter_mut().for_each(without_nul),
        Value::Object(fields) => fields.values_mut().for_each(without_nul),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
