//! The log, folded into temporary tables.

use journal::Journal;
use journal::read::{LogReader, head_of};
use sqlx::PgConnection;

use crate::error::ProjectionError;
use crate::held::Held;
use crate::history::History;
use crate::model::{ReadModel, Step};
use crate::rows;
use crate::schema;

/// Events a statement.
const BATCH: i64 = 500;

/// A connection of its own with the model's tables, empty.
pub(super) async fn scratch(
    journal: &Journal,
    model: &dyn ReadModel,
) -> Result<PgConnection, ProjectionError> {
    let mut conn = journal.pool().acquire().await?.detach();
    schema::run(&mut conn, include_str!("sql/scratch.sql")).await?;
    schema::run(&mut conn, model.ddl()).await?;
    Ok(conn)
}

/// Folds what the live rows were made from; up to where that is.
pub(super) async fn logged(
    conn: &mut PgConnection,
    scratch: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<i64, ProjectionError> {
    let held = Held::read(conn, model).await?;
    let mut log = LogReader::after(journal.keyring(), journal.upcasters(), 0);
    loop {
        let from = log.position();
        progress(from, held.through());
        let entries = log.entries(conn, held.through(), BATCH).await?;
        if entries.is_empty() {
            return Ok(held.through());
        }
        let theirs =
            entries.into_iter().filter(|it| model.reads(&it.aggregate_type) && held.has(it));
        let batch = theirs.map(|entry| entry.recorded).collect::<Result<Vec<_>, _>>()?;
        let step = Step { from, to: log.position(), epoch: 0, fresh: false };
        if !model.apply(scratch, &batch, step).await? {
            return Err(ProjectionError::Fenced(model.name()));
        }
    }
}

/// Folds every event the snapshot has, settled or not.
pub(super) async fn inline(
    conn: &mut PgConnection,
    scratch: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    progress: &mut (dyn FnMut(i64, i64) + Send),
) -> Result<i64, ProjectionError> {
    let head = head_of(conn).await?;
    let views = model.inline_views();
    let mut history = History::after(journal.upcasters(), (0, 0));
    let mut done = 0;
    loop {
        progress(done, head.max(done));
        let facts = history.page(conn, (i64::MAX, i64::MAX), BATCH).await?;
        if facts.is_empty() {
            return Ok(head);
        }
        rows::write_inline(scratch, &views, &facts).await?;
        done += i64::try_from(facts.len()).unwrap_or(i64::MAX);
    }
}
