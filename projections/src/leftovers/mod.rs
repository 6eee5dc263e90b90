//! Grants that somebody may want to take back, found by what other views know of whose they are.
//! Queries only; no read model of its own.

use chrono::{DateTime, Utc};
use domain::kernel::SubjectAccessId;
use serde_json::Value;
use sqlx::{PgPool, Row};
use strum::{Display, EnumString};
use uuid::Uuid;

use crate::access_grants::GrantRow;
use crate::error::ReadError;

/// Why a grant is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Display, EnumString)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Leftover {
    /// It is over, and nobody has written that down.
    Expired,
    /// Whose it is, or who answers for that, is gone.
    Orphaned,
    /// Another one gives all of it, and for as long.
    Duplicate,
    /// It is of a privileged role, and has no end.
    PrivilegedWithoutEnd,
}

/// Grants of these kinds, but for doubles: at most so many, the oldest first.
///
/// # Errors
/// The database.
pub async fn leftovers(
    pool: &PgPool,
    kinds: &[Leftover],
    at: DateTime<Utc>,
    most: i64,
) -> Result<Vec<(Leftover, GrantRow)>, ReadError> {
    let kinds: Vec<String> = kinds.iter().map(Leftover::to_string).collect();
    let query = sqlx::query(include_str!("sql/leftovers.sql")).bind(kinds).bind(at).bind(most);
    let unfit = || ReadError::Row("access_grants");
    let rows = query.fetch_all(pool).await?;
    let read = rows.iter().map(|row| {
        let kind: &str = row.try_get("kind")?;
        let stored: Value = row.try_get("stored")?;
        let kind = kind.parse().map_err(|_| unfit())?;
        Ok((kind, serde_json::from_value(stored).map_err(|_| unfit())?))
    });
    read.collect()
}

/// At most so many subjects who have the same twice, wherever and however long, in the order of their
/// identities behind this one.
///
/// # Errors
/// The database.
pub async fn doubled(
    pool: &PgPool,
    at: DateTime<Utc>,
    most: i64,
    after: Option<SubjectAccessId>,
) -> Result<Vec<SubjectAccessId>, ReadError> {
    let query = sqlx::query(include_str!("sql/doubled.sql")).bind(at).bind(most);
    let rows = query.bind(after.map(|it| it.0)).fetch_all(pool).await?;
    let id = |row| Ok(SubjectAccessId(Row::try_get::<Uuid, _>(row, "subject_id")?));
    rows.iter().map(id).collect()
}
