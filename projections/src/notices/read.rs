//! Queries: a person's notices, how many are unread, and what is new for a live stream.

use chrono::{DateTime, Utc};
use domain::kernel::PersonId;
use serde::{Deserialize, Serialize};
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

/// What pops up for a person, oldest first: at most `limit` (1 to 100) of the events behind `after`
/// up to and with `through`.
pub async fn since(
    pool: &PgPool,
    person: PersonId,
    after: i64,
    through: i64,
    limit: i64,
) -> Result<Vec<NoticeRow>, ReadError> {
    let rows = sqlx::query(include_str!("sql/since.sql"))
        .bind(person.0)
        .bind(after)
        .bind(through)
        .bind(page_size(limit))
        .fetch_all(pool)
        .await?;
    decode("outbox", &rows)
}
