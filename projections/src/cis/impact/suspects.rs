//! What may be to blame: what happened between two moments to an item and to what it leans on.
//!
//! Whatever it leant on at the first moment and whatever it leans on at the last is looked at, so that
//! a relation that came or went hides nothing. The nearest come first, of these the latest.

use std::collections::HashMap;

use domain::cmdb::Catalogue;
use domain::cmdb::impact::{Direction, Question};
use domain::kernel::CiId;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::{At, ImpactError, ask};
use crate::error::ReadError;

/// How many events are told at most.
pub const SUSPECTS_MAX: usize = 500;

/// An event that may be to blame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Suspect {
    /// The item that it happened to.
    pub ci: CiId,
    /// How many relations away that is.
    pub depth: u32,
    /// The event's number in the log.
    pub number: i64,
}

/// What happened between two moments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suspects {
    /// The events, the nearest first, of these the latest.
    pub events: Vec<Suspect>,
    /// Whether there was more: the latest are told.
    pub truncated: bool,
    /// The moment they end with.
    pub until: i64,
}

/// What happened to an item, and to what it leans on up to this depth, after the first moment and up to
/// the last. Each moment has its classes.
///
/// # Errors
/// A depth that cannot be; the database.
pub async fn suspects(
    pool: &PgPool,
    (root, depth): (CiId, u32),
    (from, first): (i64, &Catalogue),
    (to, last): (At, &Catalogue),
) -> Result<Suspects, ImpactError> {
    let leans = Question { direction: Direction::DependsOn, depth, ..Question::about(root) };
    let now = ask(pool, last, leans.clone(), to).await?;
    let before = ask(pool, first, leans, At::After(from)).await?;
    let mut near: HashMap<CiId, u32> = HashMap::new();
    for node in now.answer.nodes.iter().chain(&before.answer.nodes) {
        let least = near.entry(node.ci).or_insert(node.depth);
        *least = node.depth.min(*least);
    }
    let mut events = happened(pool, &near, (from, now.position)).await?;
    let more = events.len() > SUSPECTS_MAX;
    events.truncate(SUSPECTS_MAX);
    events.sort_unstable_by_key(|it| (it.depth, std::cmp::Reverse(it.number)));
    let truncated = more || now.answer.truncated || before.answer.truncated;
    Ok(Suspects { events, truncated, until: now.position })
}

async fn happened(
    pool: &PgPool,
    near: &HashMap<CiId, u32>,
    (from, until): (i64, i64),
) -> Result<Vec<Suspect>, ReadError> {
    let items: Vec<Uuid> = near.keys().map(|ci| ci.0).collect();
    let most = i64::try_from(SUSPECTS_MAX + 1).unwrap_or(i64::MAX);
    let rows = sqlx::query(include_str!("sql/suspects.sql"))
        .bind(items)
        .bind(from)
        .bind(until)
        .bind(most)
        .fetch_all(pool)
        .await?;
    let mut events = Vec::with_capacity(rows.len());
    for row in &rows {
        let ci = CiId(row.try_get("ci_id")?);
        let depth = near.get(&ci).copied().unwrap_or(0);
        events.push(Suspect { ci, depth, number: row.try_get("since_seq")? });
    }
    Ok(events)
}
