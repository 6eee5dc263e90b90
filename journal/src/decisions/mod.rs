//! Decisions on rights that were denied, or on which much depends, in the table `identity.decisions`.
//!
//! The guard's own, and those that other systems asked for. Outside the journal: what was tried is no history of anything. It stands in this crate because it
//! is truth on Postgres, not a view. Knows no rights; the gateway says what to keep. Called by that and
//! by the list of `decisionLog`.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::{DateTime, TimeDelta, Utc};
use domain::kernel::actor::UnknownName;
use domain::kernel::{Actor, GrantId};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use crate::error::JournalError;

/// How long decisions are kept: a year, and a month in which it is looked into.
const KEPT: TimeDelta = TimeDelta::days(400);
/// How many are forgotten in one statement.
const FORGOTTEN: i64 = 10_000;

/// A decision as it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// When.
    pub at: DateTime<Utc>,
    /// On whom.
    pub actor: Actor,
    /// What they would do: `ticket.resolve`.
    pub action: String,
    /// To which stream; none: to no object of ours.
    pub stream: Option<Uuid>,
    /// To which resource of another system: its type, a blank, and what it is called there.
    pub resource: Option<String>,
    /// Whether they may.
    pub allowed: bool,
    /// Why not: a reason code.
    pub reason: Option<String>,
    /// Which grants permit it.
    pub grants: Vec<GrantId>,
    /// As of which revision of the rules.
    pub revision: i64,
    /// The request it was part of.
    pub correlation_id: Uuid,
    /// Who asked on behalf of another; none: the guard itself.
    pub asked_by: Option<Actor>,
}

/// A decision that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionRow {
    /// Its number; the later the greater.
    pub id: i64,
    /// The first time.
    pub first: Decided,
    /// The last time.
    pub last_at: DateTime<Utc>,
    /// How often.
    pub times: i32,
}

/// Which decisions are asked for; what is none does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DecisionFilter {
    /// On whom.
    pub actor: Option<Actor>,
    /// Asked by whom.
    pub asked_by: Option<Actor>,
    /// About which action.
    pub action: Option<String>,
    /// Allowed or denied.
    pub allowed: Option<bool>,
    /// From this instant on.
    pub from: Option<DateTime<Utc>>,
    /// No more at this instant.
    pub until: Option<DateTime<Utc>>,
}

/// The log.
#[derive(Debug, Clone)]
pub struct DecisionLog {
    pool: PgPool,
}

impl DecisionLog {
    /// `pool`'s connections act as `annals_app`.
    pub fn new(pool: PgPool) -> Self {
        Self { pool }
    }

    /// Keeps these, in their order; what is the same but for the time and the request, once.
    pub async fn write(&self, decided: &[Decided]) -> Result<(), JournalError> {
        let rows = together(decided);
        let column =
            |of: fn(&Decided) -> String| rows.iter().map(|row| of(row.0)).collect::<Vec<_>>();
        sqlx::query(include_str!("sql/write.sql"))
            .bind(rows.iter().map(|row| row.0.at).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.1).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.2).collect::<Vec<_>>())
            .bind(column(|it| it.actor.to_string()))
            .bind(column(|it| it.action.clone()))
            .bind(rows.iter().map(|row| row.0.stream).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.0.allowed).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.0.reason.clone()).collect::<Vec<_>>())
            .bind(column(|it| array(&it.grants)))
            .bind(rows.iter().map(|row| row.0.revision).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.0.correlation_id).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.0.asked_by.map(name)).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.0.resource.clone()).collect::<Vec<_>>())
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// So many of those that are asked for, the newest first, before one of them.
    pub async fn page(
        &self,
        filter: &DecisionFilter,
        first: i64,
        before: Option<i64>,
    ) -> Result<Vec<DecisionRow>, JournalError> {
        let rows = sqlx::query(include_str!("sql/page.sql"))
            .bind(before)
            .bind(filter.actor.map(name))
            .bind(&filter.action)
            .bind(filter.allowed)
            .bind(filter.from)
            .bind(filter.until)
            .bind(filter.asked_by.map(name))
            .bind(first)
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(row).collect()
    }

    /// How many are asked for.
    pub async fn count(&self, filter: &DecisionFilter) -> Result<i64, JournalError> {
        let count = sqlx::query_scalar(include_str!("sql/count.sql"))
            .bind(filter.actor.map(name))
            .bind(&filter.action)
            .bind(filter.allowed)
            .bind(filter.from)
            .bind(filter.until)
            .bind(filter.asked_by.map(name))
            .fetch_one(&self.pool);
        Ok(count.await?)
    }

    /// Forgets some of those that were kept long enough; how many.
    pub async fn forget(&self, now: DateTime<Utc>) -> Result<u64, JournalError> {
        let gone = sqlx::query(include_str!("sql/forget.sql"))
            .bind(now - KEPT)
            .bind(FORGOTTEN)
            .execute(&self.pool);
        Ok(gone.await?.rows_affected())
    }
}

/// Each that is another one, with its last time and how often it came.
fn together(decided: &[Decided]) -> Vec<(&Decided, DateTime<Utc>, i32)> {
    let mut rows: Vec<(&Decided, DateTime<Utc>, i32)> = Vec::new();
    let mut places = HashMap::new();
    for it in decided {
        let what = (&it.action, it.stream, &it.resource);
        let same = (it.actor, it.asked_by, what, &it.reason, &it.grants, it.revision);
        let place = *places.entry(same).or_insert(rows.len());
        match rows.get_mut(place) {
            Some(row) => {
                row.1 = row.1.max(it.at);
                row.2 = row.2.saturating_add(1);
            }
            None => rows.push((it, it.at, 1)),
        }
    }
    rows
}

fn name(actor: Actor) -> String {
    actor.to_string()
}

fn array(grants: &[GrantId]) -> String {
    let ids: Vec<String> = grants.iter().map(GrantId::to_string).collect();
    format!("{{{}}}", ids.join(","))
}

fn row(row: &PgRow) -> Result<DecisionRow, JournalError> {
    let unknown = |fault: UnknownName| sqlx::Error::Decode(fault.into());
    let actor: String = row.try_get("actor")?;
    let asked_by: Option<String> = row.try_get("asked_by")?;
    let grants: Vec<Uuid> = row.try_get("grants")?;
    Ok(DecisionRow {
        id: row.try_get("decision_id")?,
        first: Decided {
            at: row.try_get("decided_at")?,
            actor: actor.parse().map_err(unknown)?,
            action: row.try_get("action")?,
            stream: row.try_get("stream_id")?,
            resource: row.try_get("resource")?,
            allowed: row.try_get("allowed")?,
            reason: row.try_get("reason")?,
            grants: grants.into_iter().map(GrantId).collect(),
            revision: row.try_get("revision")?,
            correlation_id: row.try_get("correlation_id")?,
            asked_by: asked_by.map(|name| name.parse()).transpose().map_err(unknown)?,
        },
        last_at: row.try_get("last_at")?,
        times: row.try_get("times")?,
    })
}
