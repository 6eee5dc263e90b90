//! Filling by streams: whole ones, page by page, several pages side by side, each row once.
//!
//! Pages are cut as they are needed, in the order of the streams' identities, and taken by whoever
//! is free. Nothing of a page is read from the new tables, so that writing it again is harmless.

use std::sync::Arc;

use journal::Recorded;
use journal::read::StreamsError;
use journal::read::whole::{self, LAST, Range, Whole};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use super::marks::Marks;
use super::{Job, Site, poison};
use crate::batches::batches;
use crate::error::ProjectionError;
use crate::model::{Grain, ReadModel, Step};
use crate::schema::next;
use crate::session;

/// Events a page, about: few enough to stay in the processor's reach until they are written, which
/// takes less than larger statements save. A test's small history has many pages, too.
const PAGE: i64 = if cfg!(test) { 5 } else { 500 };
/// Pages that are cut at once.
const AHEAD: i64 = if cfg!(test) { 3 } else { 16 };

/// Streams with identities behind the one and up to the other.
#[derive(Debug)]
struct Page {
    number: u64,
    after: String,
    up_to: String,
}

/// A page with its events.
#[derive(Debug)]
struct Taken {
    page: Page,
    /// How many were read.
    size: i64,
    /// Those that count.
    events: Vec<Recorded>,
}

/// What its workers know.
#[derive(Debug)]
struct Fill {
    site: Site,
    types: Vec<String>,
    /// The last events that count.
    marks: Marks,
    pages: Mutex<mpsc::Receiver<Page>>,
}

/// A worker's connections: one to read, one to write.
type Pair = (PgConnection, PgConnection);

/// Who will fill: as many pairs of connections as the job has workers, opened side by side.
#[derive(Debug)]
pub(super) struct Crew(JoinSet<Result<Pair, ProjectionError>>);

impl Crew {
    /// Returns at once: they are opened while tables are made.
    pub(super) fn open(site: &Site, job: &Job) -> Self {
        // Dropped, it ends what opens them.
        let mut opening = JoinSet::new();
        if site.model.grain() == Grain::Stream {
            for _ in 0..job.workers {
                opening.spawn(pair(site.options.clone(), next(site.model.name())));
            }
        }
        Self(opening)
    }
}

async fn pair(options: PgConnectOptions, schema: String) -> Result<Pair, ProjectionError> {
    let (read, write) = (session::keeping(&options, "read"), session::keeping(&options, &schema));
    Ok(tokio::try_join!(read, write)?)
}

/// Fills slots 1… of the new tables with all events up to the marks; each slot has its epoch.
pub(super) async fn fill(
    conn: &mut PgConnection,
    site: &Site,
    job: &Job,
    (marks, crew): (Marks, Crew),
) -> Result<(), ProjectionError> {
    let types = types(conn, site.model.as_ref()).await?;
    let counted = count(site, &types, marks.most());
    let ((), expected) =
        tokio::try_join!(fill_pages(conn, site, job, (&types, marks.clone(), crew)), counted)?;
    // Nothing may have been left out, whoever did what to the log.
    let found = site.tally.now().done;
    if found != expected {
        return Err(StreamsError::Count { expected, found }.into());
    }
    Ok(())
}

/// How many events there are to fill with. Of a large log that takes its time: nobody waits for it.
async fn count(site: &Site, types: &[String], through: i64) -> Result<i64, ProjectionError> {
    let mut conn = session::open(&site.options, "read").await?;
    let total = whole::size(&mut conn, types, through).await?;
    site.tally.expect(total);
    conn.close().await?;
    Ok(total)
}

async fn fill_pages(
    conn: &mut PgConnection,
    site: &Site,
    job: &Job,
    (types, marks, mut crew): (&[String], Marks, Crew),
) -> Result<(), ProjectionError> {
    let (cut, pages) = mpsc::channel(job.workers * 2);
    let fill = Fill { site: site.clone(), types: types.to_vec(), marks, pages: Mutex::new(pages) };
    let fill = Arc::new(fill);
    // Dropped, it ends them.
    let mut workers = JoinSet::new();
    while let Some(pair) = joined(&mut crew.0).await? {
        workers.spawn(work(Arc::clone(&fill), pair, job.epoch(workers.len() + 1)));
    }
    drop(fill);
    let finished = async {
        while joined(&mut workers).await?.is_some() {}
        Ok(())
    };
    let cut = cut_pages(conn, types, site.tally.now().filled_to, cut);
    // The first error ends all.
    tokio::try_join!(cut, finished).map(|_| ())
}

/// What the next one of them came to; none: there is no other.
async fn joined<T: 'static>(
    tasks: &mut JoinSet<Result<T, ProjectionError>>,
) -> Result<Option<T>, ProjectionError> {
    match tasks.join_next().await {
        Some(Ok(done)) => done.map(Some),
        Some(Err(died)) => std::panic::resume_unwind(died.into_panic()),
        None => Ok(None),
    }
}

/// The types of the streams that the model is made from.
pub(crate) async fn types(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<Vec<String>, ProjectionError> {
    if model.types().is_empty() {
        return Ok(whole::types(conn).await?);
    }
    Ok(model.types().iter().map(ToString::to_string).collect())
}

async fn cut_pages(
    conn: &mut PgConnection,
    types: &[String],
    mut after: String,
    pages: mpsc::Sender<Page>,
) -> Result<(), ProjectionError> {
    let mut number = 0;
    while after != LAST {
        for up_to in whole::edges(conn, types, &after, (PAGE, AHEAD)).await? {
            let page = Page { number, after, up_to: up_to.clone() };
            if pages.send(page).await.is_err() {
                return Ok(());
            }
            (number, after) = (number + 1, up_to);
        }
    }
    Ok(())
}

/// Takes pages until there are no more; the next one is read while one is written.
async fn work(
    fill: Arc<Fill>,
    (mut reader, mut writer): Pair,
    epoch: i64,
) -> Result<(), ProjectionError> {
    let step = Step { from: 0, to: 0, epoch, fresh: true };
    let mut taken = fill.take(&mut reader).await?;
    while let Some(Taken { page, size, events }) = taken {
        let (written, next) =
            tokio::join!(fill.write(&mut writer, &events, step), fill.take(&mut reader));
        written?;
        fill.site.tally.finish(page.number, page.up_to, size);
        taken = next?;
    }
    Ok(())
}

impl Fill {
    async fn take(&self, conn: &mut PgConnection) -> Result<Option<Taken>, ProjectionError> {
        let Some(page) = self.pages.lock().await.recv().await else { return Ok(None) };
        let journal = &self.site.journal;
        let except = &self.site.left_out;
        let range = Range { types: &self.types, after: &page.after, up_to: &page.up_to, except };
        let keys = (journal.keyring(), journal.upcasters());
        match whole::whole(conn, keys, range, self.marks.most()).await {
            Ok(Whole { mut events, size }) => {
                events.retain(|recorded| self.marks.have(recorded));
                Ok(Some(Taken { page, size, events }))
            }
            Err(error) => Err(poison::unreadable(conn, error.into()).await),
        }
    }

    async fn write(
        &self,
        conn: &mut PgConnection,
        events: &[Recorded],
        step: Step,
    ) -> Result<(), ProjectionError> {
        let model = self.site.model.as_ref();
        for batch in batches(model, events) {
            match model.apply(conn, batch, step).await {
                Ok(true) => {}
                Ok(false) => return Err(ProjectionError::Fenced(model.name())),
                Err(error) => {
                    return Err(poison::in_streams(conn, model, batch, (step, error)).await);
                }
            }
        }
        Ok(())
    }
}
