//! What was published, out of the table: the checkpoints that the policy was satisfied with.

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};

use super::error::SignError;
use super::folder::Folder;
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;

/// A checkpoint as it was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// What was signed.
    pub checkpoint: Checkpoint,
    /// With all its signatures, as they came. Nobody has checked them here.
    pub note: Note,
    /// When it was published.
    pub at: DateTime<Utc>,
}

impl Published {
    fn of(row: &PgRow) -> Result<Self, SignError> {
        let note = Note::parse(row.try_get::<&str, _>("note")?.as_bytes())?;
        let checkpoint = note.text().parse().map_err(|_| SignError::Malformed)?;
        Ok(Self { checkpoint, note, at: row.try_get("recorded_at")? })
    }
}

/// So many of them, the largest first, below this size.
///
/// # Errors
/// The database does not answer, or holds what is no checkpoint.
pub async fn published(
    pool: &PgPool,
    below: Option<i64>,
    limit: i64,
) -> Result<Vec<Published>, SignError> {
    let query = sqlx::query(include_str!("sql/published.sql")).bind(below).bind(limit);
    query.fetch_all(pool).await?.iter().map(Published::of).collect()
}

/// The newest, with every signature that this machine has of it: witnesses may have signed it once
/// more under another policy, and the table keeps the first.
///
/// # Errors
/// The database does not answer, or holds what is no checkpoint.
pub async fn newest(pool: &PgPool, folder: &Folder) -> Result<Option<Published>, SignError> {
    let Some(mut newest) = published(pool, None, 1).await?.pop() else { return Ok(None) };
    let file = std::fs::read(folder.checkpoint()).ok().and_then(|bytes| Note::parse(&bytes).ok());
    if let Some(note) = file.filter(|note| note.text() == newest.note.text()) {
        newest.note = note;
    }
    Ok(Some(newest))
}

/// How many there are.
///
/// # Errors
/// The database does not answer.
pub async fn published_count(pool: &PgPool) -> Result<i64, SignError> {
    let row = sqlx::query(include_str!("sql/published_count.sql")).fetch_one(pool).await?;
    Ok(row.try_get("count")?)
}
