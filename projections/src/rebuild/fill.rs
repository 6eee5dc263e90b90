//! Filling by streams: whole ones, page by page, several pages side by side, each row once.
//!
//! Pages are cut as they are needed, in the order of the streams' identities, and taken by whoever
//! is free. Nothing of a page is read from the new tables, so that writing it again is harmless.

use std::sync::Arc;

use journal::Recorded;
use journal::read::whole::{self, LAST, Range, Whole};
use sqlx::PgConnection;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use super::marks::Marks;
use super::{Job, Site, poison};
use crate::batches::batches;
use crate::error::ProjectionError;
use crate::model::Step;
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

/// Fills slots 1… of the new tables with all events up to the marks; each slot has its epoch.
pub(super) async fn fill(
    conn: &mut PgConnection,
    site: &Site,
    job: &Job,
    (types, marks): (Vec<String>, Marks),
) -> Result<(), ProjectionError> {
    let (cut, pages) = mpsc::channel(job.workers * 2);
    let fill = Arc::new(Fill { site: site.clone(), types, marks, pages: Mutex::new(pages) });
    // Dropped, it ends them.
    let mut workers = JoinSet::new();
    for slot in 1..=job.workers {
        workers.spawn(work(Arc::clone(&fill), job.epoch(slot)));
    }
    let types = fill.types.clone();
    drop(fill);
    let cut = cut_pages(conn, &types, site.tally.now().filled_to, cut);
    // The first error ends all.
    tokio::try_join!(cut, finished(&mut workers)).map(|_| ())
}

async fn finished(
    workers: &mut JoinSet<Result<(), ProjectionError>>,
) -> Result<(), ProjectionError> {
    while let Some(ended) = workers.join_next().await {
        match ended {
            Ok(done) => done?,
            Err(died) => std::panic::resume_unwind(died.into_panic()),
        }
    }
    Ok(())
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
async fn work(fill: Arc<Fill>, epoch: i64) -> Result<(), ProjectionError> {
    let options = &fill.site.options;
    let schema = next(fill.site.model.name());
    let (mut reader, mut writer) =
        tokio::try_join!(session::open(options, "read"), session::keeping(options, &schema))?;
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
