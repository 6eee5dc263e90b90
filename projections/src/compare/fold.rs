//! The log, folded into temporary tables.

use std::collections::BTreeSet;

use journal::read::whole::{self, LAST, Range};
use journal::read::{LogEntry, StreamsError, head_of};
use journal::{Journal, JournalError, Recorded};
use sqlx::{PgConnection, Row};

use crate::batches::batches;
use crate::error::ProjectionError;
use crate::held::Held;
use crate::history::{History, Place};
use crate::model::{Grain, ReadModel, Step};
use crate::rows;
use crate::schema;

/// Events a page; a test's small history has many pages, too.
pub(crate) const PAGE: i64 = if cfg!(test) { 5 } else { 1_000 };
/// Ranges of streams that are cut at once.
const AHEAD: i64 = if cfg!(test) { 3 } else { 64 };

/// What is folded into what.
#[derive(Debug)]
pub(crate) struct Fold<'a> {
    /// Inside the snapshot.
    pub(crate) conn: &'a mut PgConnection,
    /// With the temporary tables.
    pub(crate) scratch: &'a mut PgConnection,
    pub(crate) journal: &'a Journal,
    pub(crate) model: &'a dyn ReadModel,
}

/// Where a connection's own temporary tables are.
pub(crate) const TEMPORARY: &str = "pg_temp";

/// A connection of its own with the model's tables, empty, in this schema.
pub(crate) async fn tables_in(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
    schema: &str,
) -> Result<(), ProjectionError> {
    schema::run(conn, &schema::within(schema, include_str!("sql/scratch.sql"))).await?;
    Ok(schema::run(conn, model.ddl()).await?)
}

/// The same with temporary tables, and no more indexes than a fold needs.
pub(crate) async fn scratch(
    journal: &Journal,
    model: &dyn ReadModel,
) -> Result<PgConnection, ProjectionError> {
    let mut conn = journal.pool().acquire().await?.detach();
    tables_in(&mut conn, model, TEMPORARY).await?;
    let needless = sqlx::query(include_str!("sql/lean.sql"))
        .bind(model.grain() == Grain::Stream)
        .fetch_all(&mut conn)
        .await?;
    for row in needless {
        let index: String = row.try_get("index")?;
        schema::run(&mut conn, &include_str!("sql/drop_index.sql").replace("{index}", &index))
            .await?;
    }
    Ok(conn)
}

impl Fold<'_> {
    /// Stream by stream all that the live rows were made from; the next page is read while one is
    /// written.
    pub(crate) async fn streams(
        self,
        held: &Held,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<(), ProjectionError> {
        let Self { conn, scratch, journal, model } = self;
        let types = match model.types() {
            [] => whole::types(conn).await?,
            types => types.iter().map(ToString::to_string).collect(),
        };
        let expected = whole::size(conn, &types, held.through()).await?;
        let (mut found, mut after, mut page) = (0, String::new(), Vec::new());
        while after != LAST {
            for up_to in whole::edges(conn, &types, &after, (PAGE, AHEAD)).await? {
                let keys = (journal.keyring(), journal.upcasters());
                let except = &BTreeSet::new();
                let range = Range { types: &types, after: &after, up_to: &up_to, except };
                let (written, read) = tokio::join!(
                    write_streams(scratch, model, &page),
                    whole::entries(conn, keys, range, held.through()),
                );
                written?;
                let (entries, size) = read?;
                page = applied(model, held, entries)?;
                found += size;
                progress(found, expected);
                after = up_to;
            }
        }
        if found != expected {
            return Err(StreamsError::Count { expected, found }.into());
        }
        write_streams(scratch, model, &page).await
    }

    /// Every event up to this place, settled or not; the head that the snapshot has.
    pub(crate) async fn inline(
        self,
        up_to: Place,
        progress: &mut (dyn FnMut(i64, i64) + Send),
    ) -> Result<i64, ProjectionError> {
        let head = head_of(self.conn).await?;
        let views = self.model.inline_views();
        let mut history = History::after(self.journal.upcasters(), (0, 0));
        let mut done = 0;
        loop {
            progress(done, head.max(done));
            let facts = history.page(self.conn, up_to, PAGE).await?;
            if facts.is_empty() {
                return Ok(head);
            }
            rows::write_inline(self.scratch, &views, &facts).await?;
            done += i64::try_from(facts.len()).unwrap_or(i64::MAX);
        }
    }
}

/// Those of the events that the live rows show.
fn applied(
    model: &dyn ReadModel,
    held: &Held,
    entries: Vec<LogEntry>,
) -> Result<Vec<Recorded>, JournalError> {
    let theirs = entries.into_iter().filter(|it| model.reads(&it.aggregate_type) && held.has(it));
    theirs.map(|entry| entry.recorded).collect()
}

async fn write_streams(
    scratch: &mut PgConnection,
    model: &dyn ReadModel,
    page: &[Recorded],
) -> Result<(), ProjectionError> {
    let step = Step { from: 0, to: 0, epoch: 0, fresh: true };
    for batch in batches(model, page) {
        write(scratch, model, batch, step).await?;
    }
    Ok(())
}

/// Applies a batch.
pub(crate) async fn write(
    scratch: &mut PgConnection,
    model: &dyn ReadModel,
    batch: &[Recorded],
    step: Step,
) -> Result<(), ProjectionError> {
    match model.apply(scratch, batch, step).await? {
        true => Ok(()),
        false => Err(ProjectionError::Fenced(model.name())),
    }
}
