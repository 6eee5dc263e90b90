//! Every view against the history, several side by side, all in the one snapshot.

use std::iter;
use std::sync::{Arc, Mutex, PoisonError};

use journal::Journal;
use projections::{
    Comparison, ProjectionError, ReadModel, compare, compare_by_log, is_by_log, read_models,
};
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
/// Its place among all.
type Placed<T> = (usize, T);

/// The comparisons under way; dropped, they stop.
#[derive(Debug)]
pub(super) struct Views(JoinSet<Result<Vec<Placed<Found>>, Failure>>);

/// Begins to compare; those that need the log in its order share one reading of it.
pub(super) fn begin(opened: &Opened, shared: &Shared) -> Views {
    let free = Arc::new(Semaphore::new(SIDE_BY_SIDE));
    let heard = Arc::new(Heard::new());
    let models = read_models().into_iter().enumerate();
    let (by_log, others): (Vec<_>, Vec<_>) = models.partition(|(_, model)| is_by_log(&**model));
    let mut running = JoinSet::new();
    for group in iter::once(by_log).chain(others.into_iter().map(|model| vec![model])) {
        let (free, heard, journal) =
            (Arc::clone(&free), Arc::clone(&heard), opened.journal.clone());
        let opens: Vec<_> = group.iter().map(|_| shared.connection(opened)).collect();
        running.spawn(async move {
            // It is never closed; without it they would merely be more.
            let _place = free.acquire().await;
            let mut conns = Vec::new();
            for open in opens {
                conns.push(open.await?);
            }
            Ok(compared(&mut conns, &journal, group, &heard).await?)
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
                Ok(found) => all.extend(found?),
                Err(died) => std::panic::resume_unwind(died.into_panic()),
            }
        }
        all.sort_unstable_by_key(|(nr, _)| *nr);
        Ok(all.into_iter().map(|(_, found)| found).collect())
    }
}

/// One view, or several that [`is_by_log`] says it of.
async fn compared(
    conns: &mut [PgConnection],
    journal: &Journal,
    group: Vec<Placed<Arc<dyn ReadModel>>>,
    heard: &Heard,
) -> Result<Vec<Placed<Found>>, ProjectionError> {
    let first = group.first().map_or(0, |(nr, _)| *nr);
    let step = |done, total| heard.step(first, done, total);
    let found = match (&mut *conns, &*group) {
        ([conn], [(_, model)]) => vec![compare(conn, journal, model.as_ref(), step).await?],
        _ => {
            let models = conns.iter_mut().zip(&group).map(|(conn, (_, model))| (conn, &**model));
            compare_by_log(journal, models.collect(), step).await?
        }
    };
    let placed =
        group.into_iter().zip(found).map(|((nr, model), found)| (nr, (model.name(), found)));
    Ok(placed.collect())
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
