//! Every view against the history, several side by side, all in the one snapshot.

use std::sync::{Arc, Mutex, PoisonError};

use journal::Journal;
use projections::{Comparison, ProjectionError, ReadModel, read_models};
use sqlx::PgConnection;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::failure::Failure;
use crate::open::{Opened, Shared};
use crate::progress::Progress;

/// Views that are compared at once.
const SIDE_BY_SIDE: usize = 4;

/// A view and what was found of it.
type Found = (&'static str, Comparison);

/// The comparisons under way; dropped, they stop.
#[derive(Debug)]
pub(super) struct Views(JoinSet<Result<(usize, Found), Failure>>);

/// Begins to compare.
pub(super) fn begin(opened: &Opened, shared: &Shared) -> Views {
    let free = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let heard = Arc::new(Heard::new());
    let mut running = JoinSet::new();
    for (nr, model) in read_models().into_iter().enumerate() {
        let (free, heard, journal) =
            (Arc::clone(&free), Arc::clone(&heard), opened.journal.clone());
        let open = shared.connection(opened);
        running.spawn(async move {
            // It is never closed; without it they would merely be more.
            let _place = free.acquire().await;
            let found = one(&mut open.await?, &journal, model.as_ref(), (nr, &heard)).await?;
            Ok((nr, (model.name(), found)))
        });
    }
    Views(running)
}

impl Views {
    /// What was found of each, in their order.
    pub(super) async fn found(mut self) -> Result<Vec<Found>, Failure> {
        let mut all = Vec::new();
        while let Some(ended) = self.0.join_next().await {
            match ended {
                Ok(found) => all.push(found?),
                Err(died) => std::panic::resume_unwind(died.into_panic()),
            }
        }
        all.sort_unstable_by_key(|(nr, _)| *nr);
        Ok(all.into_iter().map(|(_, found)| found).collect())
    }
}

async fn one(
    conn: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    (nr, heard): (usize, &Heard),
) -> Result<Comparison, ProjectionError> {
    projections::compare(conn, journal, model, |done, total| heard.step(nr, done, total)).await
}

/// How far all of them are, as one.
#[derive(Debug)]
struct Heard(Mutex<(Progress, Vec<(i64, i64)>)>);

impl Heard {
    fn new() -> Self {
        Self(Mutex::new((Progress::new("views"), Vec::new())))
    }

    fn step(&self, nr: usize, done: i64, total: i64) {
        let mut heard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (progress, views) = &mut *heard;
        if views.len() <= nr {
            views.resize(nr + 1, (0, 0));
        }
        views[nr] = (done, total);
        progress.step(views.iter().map(|it| it.0).sum(), views.iter().map(|it| it.1).sum());
    }
}
