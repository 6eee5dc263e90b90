//! The log's leaves, as the database has them.

use sqlx::{PgConnection, Row};

use super::error::SignError;
use crate::error::JournalError;
use crate::leaf::Hash;

/// Leaves a page.
const PAGE: i64 = 5_000;

/// Some of those behind the first `after` and among the first `to`, in their order: at least one.
pub(crate) async fn leaves(
    conn: &mut PgConnection,
    after: u64,
    to: u64,
) -> Result<Vec<Hash>, SignError> {
    let [after, to] = [after, to].map(|size| i64::try_from(size).unwrap_or(i64::MAX));
    let rows = sqlx::query(include_str!("sql/leaves.sql")).bind(after).bind(to).bind(PAGE);
    let mut leaves = Vec::new();
    for (expected, row) in (after + 1..).zip(rows.fetch_all(conn).await?) {
        let found: i64 = row.try_get("global_seq")?;
        let leaf: Option<Hash> = row.try_get::<&[u8], _>("leaf")?.try_into().ok();
        let leaf = leaf.filter(|_| found == expected);
        leaves.push(leaf.ok_or(JournalError::Gap { expected, found })?);
    }
    if leaves.is_empty() {
        return Err(JournalError::Gap { expected: after + 1, found: after }.into());
    }
    Ok(leaves)
}
