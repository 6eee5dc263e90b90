//! How far a rebuild is, while it runs. Pages are finished in any order; what can be resumed from is
//! where all of them are.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::Job;

/// Shared by those who fill and the one who keeps the row.
#[derive(Debug, Default)]
pub(super) struct Tally(Mutex<Counts>);

/// A moment of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Counts {
    /// All streams up to this identity are filled.
    pub(super) filled_to: String,
    /// Events done.
    pub(super) done: i64,
    /// Of how many.
    pub(super) total: i64,
    /// The page that has to be finished next.
    next: u64,
    /// Finished before their turn.
    ahead: BTreeMap<u64, (String, i64)>,
}

impl Tally {
    pub(super) fn of(job: &Job) -> Self {
        Self(Mutex::new(Counts {
            filled_to: job.filled_to.clone().unwrap_or_default(),
            done: job.done,
            total: job.total,
            next: 0,
            ahead: BTreeMap::new(),
        }))
    }

    /// From the beginning, of so many events.
    pub(super) fn begin(&self, total: i64) {
        let mut counts = self.lock();
        counts.filled_to.clear();
        (counts.done, counts.total) = (0, total);
    }

    /// They are counted.
    pub(super) fn expect(&self, total: i64) {
        self.lock().total = total;
    }

    /// So many more are to be done.
    pub(super) fn extend(&self, more: i64) {
        self.lock().total += more;
    }

    /// So many more are done.
    pub(super) fn add(&self, events: i64) {
        let mut counts = self.lock();
        counts.done += events;
        counts.total = counts.total.max(counts.done);
    }

    /// A page is written.
    pub(super) fn finish(&self, page: u64, up_to: String, events: i64) {
        let mut counts = self.lock();
        counts.ahead.insert(page, (up_to, events));
        loop {
            let next = counts.next;
            let Some((up_to, events)) = counts.ahead.remove(&next) else { return };
            counts.filled_to = up_to;
            counts.done += events;
            counts.next += 1;
        }
    }

    pub(super) fn now(&self) -> Counts {
        self.lock().clone()
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        // A panic elsewhere leaves nothing half done in it: each change is made by one method.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
