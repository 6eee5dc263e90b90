//! Why an append cannot succeed, in one SELECT.

use serde_json::Value;
use sqlx::Row;

use super::bind::Bound;
use super::types::{Append, AppendError, CommandRecord, Receipt};
use crate::error::JournalError;
use crate::journal::Journal;
use crate::token::PositionToken;

/// Errs with the reason; returns when there is none (any more) and the append may be tried again.
pub(super) async fn explain(
    journal: &Journal,
    append: &Append,
    bound: &Bound,
) -> Result<(), AppendError> {
    if let Some(command) = &append.command
        && let Some(receipt) = answered(journal, command).await?
    {
        return Err(AppendError::Repeated(receipt));
    }
    let row = sqlx::query(include_str!("sql/diagnose.sql"))
        .bind(append.streams.iter().map(|s| s.aggregate_type).collect::<Vec<_>>())
        .bind(append.streams.iter().map(|s| s.aggregate_id.to_string()).collect::<Vec<_>>())
        .bind(append.streams.iter().map(|s| s.expected).collect::<Vec<_>>())
        .bind(bound.held.iter().map(|c| c.scope.as_str()).collect::<Vec<_>>())
        .bind(bound.held.iter().map(|c| c.key.as_str()).collect::<Vec<_>>())
        .fetch_one(journal.pool())
        .await
        .map_err(JournalError::from)?;
    let field = |name: &str| row.try_get::<Option<Value>, _>(name).map_err(JournalError::from);
    if let Some(stale) = field("stale")? {
        return Err(AppendError::Stale {
            aggregate_id: text(&stale, "id").parse().unwrap_or_default(),
            expected: stale["expected"].as_i64().unwrap_or_default(),
            actual: stale["actual"].as_i64().unwrap_or_default(),
        });
    }
    if let Some(taken) = field("taken")? {
        return Err(AppendError::ClaimTaken {
            scope: text(&taken, "scope").to_owned(),
            holder: text(&taken, "holder").to_owned(),
        });
    }
    Ok(())
}

pub(super) async fn answered(
    journal: &Journal,
    command: &CommandRecord,
) -> Result<Option<Receipt>, AppendError> {
    let row = sqlx::query(include_str!("sql/answered.sql"))
        .bind(command.actor.to_string())
        .bind(command.command_id)
        .fetch_optional(journal.pool())
        .await
        .map_err(JournalError::from)?;
    let Some(row) = row else { return Ok(None) };
    let get = || -> Result<(Vec<u8>, Value, Option<i64>, i64), sqlx::Error> {
        Ok((
            row.try_get("input_hash")?,
            row.try_get("outcome")?,
            row.try_get("position")?,
            row.try_get("transaction")?,
        ))
    };
    let (input_hash, outcome, position, xid) = get().map_err(JournalError::from)?;
    if input_hash != command.input_hash {
        return Err(AppendError::KeyReused);
    }
    let streams = serde_json::from_value(outcome)
        .map_err(|error| JournalError::from(sqlx::Error::Decode(Box::new(error))))?;
    let token = position.map(|position| PositionToken { xid, position });
    Ok(Some(Receipt { token, streams, replayed: true }))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_default()
}
