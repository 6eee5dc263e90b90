//! The one statement, and the names of its conflicts.

use serde_json::json;
use sqlx::Row;

use super::bind::Bound;
use super::types::Append;
use crate::inline::InlineView;
use crate::journal::Journal;
use crate::token::PositionToken;

const INLINE_FIRST_PARAMETER: usize = 18;

/// The statement's text for these inline views: made once a process.
pub(crate) fn text(views: &[std::sync::Arc<dyn InlineView>]) -> String {
    let mut ctes = String::new();
    for (index, view) in views.iter().enumerate() {
        let parameter = format!("${}::jsonb", INLINE_FIRST_PARAMETER + index);
        let sql = view.sql().replace("{rows}", &parameter);
        ctes.push_str(&format!(",\ninline_{index} as (\n{sql}\n)"));
    }
    include_str!("sql/append.sql").replace("/* inline views */", &ctes)
}

pub(super) async fn run(
    journal: &Journal,
    append: &Append,
    bound: &Bound,
) -> Result<Option<PositionToken>, sqlx::Error> {
    let command = append.command.as_ref();
    let outcome = json!(append.versions());
    let held = |f: fn(&super::bind::HeldClaim) -> String| -> Vec<String> {
        bound.held.iter().map(f).collect()
    };
    let mut query = sqlx::query(journal.append_sql())
        .bind(command.map(|command| command.actor.to_string()))
        .bind(command.map(|command| command.command_id))
        .bind(command.map(|command| command.input_hash.to_vec()))
        .bind(outcome)
        .bind(bound.released.iter().map(|(scope, _)| scope.as_str()).collect::<Vec<_>>())
        .bind(bound.released.iter().map(|(_, key)| key.as_str()).collect::<Vec<_>>())
        .bind(held(|claim| claim.scope.clone()))
        .bind(held(|claim| claim.key.clone()))
        .bind(held(|claim| claim.aggregate_type.to_owned()))
        .bind(held(|claim| claim.aggregate_id.to_string()))
        .bind(&bound.types)
        .bind(&bound.ids)
        .bind(&bound.sequences)
        .bind(&bound.event_types)
        .bind(&bound.event_versions)
        .bind(&bound.payloads)
        .bind(&bound.metadata);
    for rows in &bound.inline {
        query = query.bind(rows);
    }
    let rows = query.fetch_all(journal.pool()).await?;
    rows.last()
        .map(|row| {
            Ok(PositionToken {
                xid: row.try_get("transaction")?,
                position: row.try_get("position")?,
            })
        })
        .transpose()
}

/// Whether somebody else's append got in the way: a unique key of ours, or a deadlock over several.
pub(super) fn is_conflict(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(db) = error else { return false };
    match db.code().as_deref() {
        Some("23505") => {
            matches!(db.constraint(), Some("events_pkey" | "commands_once" | "claims_once"))
        }
        Some("40P01") => true,
        _ => false,
    }
}
