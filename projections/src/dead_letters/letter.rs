//! A dead letter, and where it is found.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{PgConnection, PgExecutor, PgPool, Row};
use strum::{Display, EnumString, IntoStaticStr};

use crate::error::ReadError;

/// An event that a view could not apply, and with it a stream that waits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// Its number.
    pub id: i64,
    /// The view.
    pub projection: String,
    /// Of the view that could not apply it.
    pub version: i32,
    /// Type of the stream that waits.
    pub aggregate_type: String,
    /// Its identity.
    pub aggregate_id: String,
    /// The event that could not be applied, by its number in the log.
    pub global_seq: i64,
    /// Why: a sentence without data.
    pub error: String,
    /// How often it was tried.
    pub attempts: i32,
    /// Since when the stream waits.
    pub parked_at: DateTime<Utc>,
    /// When it was last tried.
    pub tried_at: DateTime<Utc>,
    /// How many later events of the stream wait behind it.
    pub behind: i64,
    /// What became of it; none while it waits.
    pub settled: Option<Settled>,
}

/// What became of a dead letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// When.
    pub at: DateTime<Utc>,
    /// How.
    pub how: Resolution,
    /// Who decided: a person's identity, or the name of a tool.
    pub by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// How a dead letter was settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display, EnumString, IntoStaticStr)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Resolution {
    /// It was tried again and could be applied.
    Retried,
    /// It was left out of this view for good.
    Discarded,
    /// The stream's rows were made anew from its whole history.
    Resolved,
    /// The whole view was made anew.
    Rebuilt,
}

/// Which dead letters are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Found {
    /// Of this view.
    pub projection: Option<String>,
    /// Whether they wait still.
    pub open: Option<bool>,
}

/// The newest first, behind this number, at most `limit`.
pub async fn list(
    pool: &PgPool,
    found: &Found,
    after: Option<i64>,
    limit: i64,
) -> Result<Vec<DeadLetter>, ReadError> {
    let last = after.map_or(i64::MAX, |after| after.saturating_sub(1));
    Ok(numbered(pool, found, (0, last), limit).await?)
}

/// How many there are.
pub async fn count(pool: &PgPool, found: &Found) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql"))
        .bind(&found.projection)
        .bind(found.open)
        .fetch_one(pool)
        .await?;
    Ok(row.try_get("letters")?)
}

/// The one of this number.
pub async fn by_id(conn: &mut PgConnection, id: i64) -> Result<Option<DeadLetter>, sqlx::Error> {
    Ok(numbered(conn, &Found::default(), (id, id), 1).await?.pop())
}

/// Those with a number from the first to the last one, the newest first.
async fn numbered(
    from: impl PgExecutor<'_>,
    found: &Found,
    (first, last): (i64, i64),
    limit: i64,
) -> Result<Vec<DeadLetter>, sqlx::Error> {
    let rows = sqlx::query(include_str!("sql/list.sql"))
        .bind(&found.projection)
        .bind(found.open)
        .bind(first)
        .bind(last)
        .bind(limit)
        .fetch_all(from)
        .await?;
    rows.iter().map(letter).collect()
}

/// The numbers of the events that people have left out of the view for good.
pub(crate) async fn left_out(
    conn: &mut PgConnection,
    model: &str,
) -> Result<BTreeSet<i64>, sqlx::Error> {
    let rows = sqlx::query(include_str!("sql/left_out.sql")).bind(model).fetch_all(conn).await?;
    rows.iter().map(|row| row.try_get("global_seq")).collect()
}

/// Settles all that are open: the view was made anew from the whole log. In the transaction that
/// puts the new tables in place; how many there were.
pub async fn settle_rebuilt(conn: &mut PgConnection, model: &str) -> Result<u64, sqlx::Error> {
    let done =
        sqlx::query(include_str!("sql/settle_rebuilt.sql")).bind(model).execute(conn).await?;
    Ok(done.rows_affected())
}

fn letter(row: &PgRow) -> Result<DeadLetter, sqlx::Error> {
    Ok(DeadLetter {
        id: row.try_get("dead_letter_id")?,
        projection: row.try_get("projection")?,
        version: row.try_get("version")?,
        aggregate_type: row.try_get("aggregate_type")?,
        aggregate_id: row.try_get("aggregate_id")?,
        global_seq: row.try_get("global_seq")?,
        error: row.try_get("error")?,
        attempts: row.try_get("attempts")?,
        parked_at: row.try_get("parked_at")?,
        tried_at: row.try_get("tried_at")?,
        behind: row.try_get("behind")?,
        settled: settled(row)?,
    })
}

fn settled(row: &PgRow) -> Result<Option<Settled>, sqlx::Error> {
    let Some(at) = row.try_get("resolved_at")? else { return Ok(None) };
    let how: &str = row.try_get("resolution")?;
    let how = how.parse().map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
    Ok(Some(Settled { at, how, by: row.try_get("decided_by")?, reason: row.try_get("reason")? }))
}
