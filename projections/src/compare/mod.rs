//! Is a model what the log says? Folds the log again, into scratch tables, and compares row by row.
//!
//! The caller's connection is inside a REPEATABLE READ transaction: log and live rows are read from
//! that one snapshot, and nothing is written there, so that settling never waits for a comparison.
//! The scratch tables are temporary ones of a connection of their own. Called by the replay tools.

mod fold;
mod merge;
mod same;
#[cfg(test)]
mod tests;

use journal::Journal;
use serde_json::Value;
use sqlx::PgConnection;

use crate::error::ProjectionError;
use crate::model::ReadModel;

/// Differences that are kept in full.
const KEPT: usize = 20;

/// A row that is not what the log says.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Its table.
    pub table: &'static str,
    /// Its key: the key columns' values, joined by `/`.
    pub key: String,
    /// The row as it is; none: there is none, but should be.
    pub live: Option<Value>,
    /// The row as the log says; none: there should be none.
    pub folded: Option<Value>,
}

/// The result over all tables of a model.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Comparison {
    /// Up to where the live rows are, and the log was folded; the head for an inline model.
    pub applied_through: i64,
    /// Rows compared.
    pub rows: i64,
    /// Rows that differ.
    pub different: i64,
    /// The first of them, at most 20.
    pub differences: Vec<Difference>,
    /// Rows that differ only where a text was erased after the live row was written. They are no
    /// differences; a rebuild erases them too.
    pub erased_since: i64,
}

/// Compares the model's live tables, as this transaction sees them, with the log it sees.
/// `progress` hears how many events are folded, of how many. Memory does not grow with the log.
///
/// # Errors
/// An event this version cannot read, the database. Never a short answer.
pub async fn compare(
    conn: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    mut progress: impl FnMut(i64, i64) + Send,
) -> Result<Comparison, ProjectionError> {
    // JSON shows instants in the session's zone.
    sqlx::query(include_str!("sql/utc.sql")).execute(&mut *conn).await?;
    let mut scratch = fold::scratch(journal, model).await?;
    let fold = fold::Fold { conn: &mut *conn, scratch: &mut scratch, journal, model };
    let applied_through = fold.all(&mut progress).await?;
    let mut comparison = Comparison { applied_through, ..Comparison::default() };
    for table in model.tables() {
        merge::table(conn, &mut scratch, model, table, &mut comparison).await?;
    }
    // Its temporary tables go with it.
    sqlx::Connection::close(scratch).await?;
    Ok(comparison)
}

impl Comparison {
    fn differs(&mut self, difference: impl FnOnce() -> Difference) {
        self.different += 1;
        if self.differences.len() < KEPT {
            self.differences.push(difference());
        }
    }
}
