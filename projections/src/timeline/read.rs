//! Queries: the trail of one thing, and the log at large.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::row::TimelineRow;
use crate::error::ReadError;
use crate::read::{decode, page_size, storable};

/// Which events.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EventQuery {
    /// Wire names; empty: all.
    pub types: Vec<String>,
    /// `person:<uuid>`, `import` or `system`.
    pub actor: Option<String>,
    /// Recorded then or later.
    pub from: Option<DateTime<Utc>>,
    /// Recorded before then.
    pub to: Option<DateTime<Utc>>,
    /// Happened then or later.
    pub occurred_from: Option<DateTime<Utc>>,
    /// Happened before then.
    pub occurred_to: Option<DateTime<Utc>>,
    /// Of everything under this identity alone.
    pub aggregate_id: Option<Uuid>,
    /// Of this request alone.
    pub correlation_id: Option<Uuid>,
    /// How many, 1 to 100; brought within these bounds.
    pub first: i64,
    /// Behind this `global_seq`.
    pub after: Option<i64>,
}

/// The events of everything under this identity, such as a ticket, its conversation and its dossier,
/// in the order of the log: at most `first` (1 to 100) behind the `global_seq` `after`.
pub async fn of(
    pool: &PgPool,
    aggregate_id: Uuid,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<TimelineRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/of.sql"))
        .bind(aggregate_id)
        .bind(after.unwrap_or(0))
        .bind(page_size(first))
        .fetch_all(pool)
        .await?;
    tidy(&rows)
}

/// How many events there are of everything under this identity.
pub async fn of_count(pool: &PgPool, aggregate_id: Uuid) -> Result<i64, ReadError> {
    let row =
        sqlx::query(include_str!("sql/of_count.sql")).bind(aggregate_id).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}

/// Events of all aggregates, in the order of the log.
pub async fn events(pool: &PgPool, query: &EventQuery) -> Result<Vec<TimelineRow>, ReadError> {
    if !query.is_storable() {
        return Ok(Vec::new());
    }
    // Planned for its values each time: most of them are absent.
    let rows = sqlx::query(include_str!("sql/events.sql"))
        .persistent(false)
        .bind(&query.types)
        .bind(&query.actor)
        .bind(query.from)
        .bind(query.to)
        .bind(query.after.unwrap_or(0))
        .bind(page_size(query.first))
        .bind(query.occurred_from)
        .bind(query.occurred_to)
        .bind(query.aggregate_id)
        .bind(query.correlation_id)
        .fetch_all(pool)
        .await?;
    tidy(&rows)
}

/// Everything that a request caused, on whatever thing, in the order of the log: at most so many.
pub async fn belonging(
    pool: &PgPool,
    correlation_id: Uuid,
    most: i64,
) -> Result<Vec<TimelineRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/belonging.sql"))
        .bind(correlation_id)
        .bind(most)
        .fetch_all(pool)
        .await?;
    tidy(&rows)
}

/// How many events there are, wherever the page begins.
pub async fn events_count(pool: &PgPool, query: &EventQuery) -> Result<i64, ReadError> {
    if !query.is_storable() {
        return Ok(0);
    }
    let row = sqlx::query(include_str!("sql/events_count.sql"))
        .persistent(false)
        .bind(&query.types)
        .bind(&query.actor)
        .bind(query.from)
        .bind(query.to)
        .bind(query.occurred_from)
        .bind(query.occurred_to)
        .bind(query.aggregate_id)
        .bind(query.correlation_id)
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("count")?)
}

impl EventQuery {
    fn is_storable(&self) -> bool {
        self.types.iter().all(|text| storable(text)) && self.actor.as_deref().is_none_or(storable)
    }
}

fn tidy(rows: &[PgRow]) -> Result<Vec<TimelineRow>, ReadError> {
    let rows: Vec<TimelineRow> = decode("timeline", rows)?;
    Ok(rows.into_iter().map(TimelineRow::tidy).collect())
}

/// The events of this stream between two positions of the log, the latter included, in its order; at
/// most 1,001.
pub async fn between(
    pool: &PgPool,
    stream: Uuid,
    (from, to): (i64, i64),
) -> Result<Vec<TimelineRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/between.sql"))
        .bind(stream)
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?;
    tidy(&rows)
}

/// The events with these numbers, in their order.
pub async fn by_numbers(pool: &PgPool, numbers: &[i64]) -> Result<Vec<TimelineRow>, ReadError> {
    if numbers.is_empty() {
        return Ok(Vec::new());
    }
    let rows =
        sqlx::query(include_str!("sql/by_numbers.sql")).bind(numbers).fetch_all(pool).await?;
    tidy(&rows)
}
