//! Is a model what the log says? Folds the log again, into scratch tables, and compares row by row.
//!
//! The caller's connection is inside a REPEATABLE READ transaction: log and live rows are read from
//! that one snapshot, and nothing is written there, so that settling never waits for a comparison.
//! The scratch tables are temporary ones of a connection of their own. Called by the replay tools.

pub(crate) mod fold;
pub(crate) mod log;
mod merge;
mod same;
#[cfg(test)]
mod tests;

use futures_util::future::try_join_all;
use journal::Journal;
use serde_json::Value;
use sqlx::{Connection, PgConnection};

use log::Member;

use crate::error::ProjectionError;
use crate::held::Held;
use crate::model::{Grain, ReadModel};

/// Differences that are kept in full, unless more are wanted.
pub const KEPT: usize = 20;

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
    /// The first of them, as many as were to be kept.
    pub differences: Vec<Difference>,
    /// Rows that differ only where a text was erased after the live row was written. They are no
    /// differences; a rebuild erases them too.
    pub erased_since: i64,
    /// So many differences are kept at most.
    kept: usize,
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
    progress: impl FnMut(i64, i64) + Send,
) -> Result<Comparison, ProjectionError> {
    compare_keeping(conn, journal, model, (KEPT, progress)).await
}

/// The same with so many differences in full.
///
/// # Errors
/// As [`compare`].
pub async fn compare_keeping(
    conn: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    (kept, mut progress): (usize, impl FnMut(i64, i64) + Send),
) -> Result<Comparison, ProjectionError> {
    if is_by_log(model) {
        let found = by_log(journal, vec![(conn, model)], (kept, progress)).await?;
        return Ok(found.into_iter().next().unwrap_or_default());
    }
    let mut scratch = fold::scratch(journal, model).await?;
    let fold = fold::Fold { conn: &mut *conn, scratch: &mut scratch, journal, model };
    let applied_through = if model.is_inline() {
        fold.inline((i64::MAX, i64::MAX), &mut progress).await?
    } else {
        let held = Held::read(fold.conn, model).await?;
        fold.streams(&held, &mut progress).await?;
        held.through()
    };
    tables(conn, scratch, model, (applied_through, kept)).await
}

/// Whether a model has to be folded in the order of the log: several such are read at one go.
pub fn is_by_log(model: &dyn ReadModel) -> bool {
    model.grain() == Grain::Log && !model.is_inline()
}

/// The same of several models that [`is_by_log`] says it of, each with a connection of its own inside
/// the one snapshot; what was found of each, in their order.
///
/// # Errors
/// As [`compare`].
pub async fn compare_by_log(
    journal: &Journal,
    models: Vec<(&mut PgConnection, &dyn ReadModel)>,
    progress: impl FnMut(i64, i64) + Send,
) -> Result<Vec<Comparison>, ProjectionError> {
    by_log(journal, models, (KEPT, progress)).await
}

async fn by_log(
    journal: &Journal,
    mut models: Vec<(&mut PgConnection, &dyn ReadModel)>,
    (kept, mut progress): (usize, impl FnMut(i64, i64) + Send),
) -> Result<Vec<Comparison>, ProjectionError> {
    let mut scratches = Vec::new();
    for (_, model) in &models {
        scratches.push(fold::scratch(journal, *model).await?);
    }
    let mut members = Vec::new();
    for ((conn, model), scratch) in models.iter_mut().zip(&mut scratches) {
        members.push(Member { model: *model, held: Held::read(conn, *model).await?, scratch });
    }
    let throughs: Vec<i64> = members.iter().map(|member| member.held.through()).collect();
    if let Some((conn, _)) = models.first_mut() {
        log::fold(conn, journal, &mut members, &mut progress).await?;
    }
    let compared =
        models.into_iter().zip(scratches).zip(throughs).map(
            |(((conn, model), scratch), through)| tables(conn, scratch, model, (through, kept)),
        );
    try_join_all(compared).await
}

/// Compares what was folded, table by table; the temporary ones go with their connection.
async fn tables(
    conn: &mut PgConnection,
    mut scratch: PgConnection,
    model: &dyn ReadModel,
    (applied_through, kept): (i64, usize),
) -> Result<Comparison, ProjectionError> {
    // JSON shows instants in the session's zone.
    sqlx::query(include_str!("sql/utc.sql")).execute(&mut *conn).await?;
    let mut comparison = Comparison { applied_through, kept, ..Comparison::default() };
    for table in model.tables() {
        merge::table(conn, &mut scratch, model, table, &mut comparison).await?;
    }
    scratch.close().await?;
    Ok(comparison)
}

impl Comparison {
    fn differs(&mut self, difference: impl FnOnce() -> Difference) {
        self.different += 1;
        if self.differences.len() < self.kept {
            self.differences.push(difference());
        }
    }
}
