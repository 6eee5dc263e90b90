//! Queries: a person's notices, how many are unread, and what is new for a live stream.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};

use super::row::NoticeRow;
use crate::error::ReadError;
use crate::read::{decode, page_size};

/// A notice as its recipient lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// What it says.
    #[serde(flatten)]
    pub row: NoticeRow,
    /// When the recipient marked it, or last marked everything up to it or beyond; none: unread.
    pub read_at: Option<DateTime<Utc>>,
}

/// A person's notices of all channels, newest first: at most `first` (1 to 100) before `after`, a
/// `global_seq`.
pub async fn page(
    pool: &PgPool,
    person: PersonId,
    unread_only: bool,
    first: i64,
    after: Option<i64>,
) -> Result<Vec<Notice>, ReadError> {
    let rows = sqlx::query(include_str!("sql/page.sql"))
        .bind(person.0)
        .bind(unread_only)
        .bind(after)
        .bind(page_size(first))
        .fetch_all(pool)
        .await?;
    decode("outbox", &rows)
}

/// How many notices a person has.
pub async fn count(pool: &PgPool, person: PersonId) -> Result<i64, ReadError> {
    let row = sqlx::query(include_str!("sql/count.sql")).bind(person.0).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}

/// How many of a person's notices are unread.
pub async fn unread_count(pool: &PgPool, person: PersonId) -> Result<i64, ReadError> {
    let row =
        sqlx::query(include_str!("sql/unread_count.sql")).bind(person.0).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}

/// Those of these notices that are the person's, by their numbers.
pub async fn own(
    pool: &PgPool,
    person: PersonId,
    global_seqs: &[i64],
) -> Result<Vec<i64>, ReadError> {
    let rows = sqlx::query(include_str!("sql/own.sql"))
        .bind(person.0)
        .bind(global_seqs)
        .fetch_all(pool)
        .await?;
    rows.iter().map(|row| Ok(row.try_get("global_seq")?)).collect()
}

/// What is new for somebody who listens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// What pops up, oldest first.
    pub rows: Vec<NoticeRow>,
    /// Up to this event nothing else will ever come.
    pub through: i64,
}

/// What pops up for a person behind `after`, at most `limit` (1 to 100).
pub async fn since(
    pool: &PgPool,
    person: PersonId,
    after: i64,
    limit: i64,
) -> Result<News, ReadError> {
    let size = page_size(limit);
    let found = sqlx::query(include_str!("sql/since.sql"))
        .bind(person.0)
        .bind(after)
        .bind(size)
        .fetch_all(pool)
        .await?;
    let applied: i64 = found.first().ok_or(sqlx::Error::RowNotFound)?.try_get("through")?;
    let stored = |row: &PgRow| row.try_get::<Option<Value>, _>("stored").transpose();
    let rows: Vec<NoticeRow> = found
        .iter()
        .filter_map(stored)
        .map(|stored| serde_json::from_value(stored?).map_err(|_| ReadError::Row("outbox")))
        .collect::<Result<_, ReadError>>()?;
    // A full page may have left some behind.
    let last = rows.last().filter(|_| rows.len() as i64 >= size);
    Ok(News { through: last.map_or(applied, |last| last.global_seq).max(after), rows })
}
