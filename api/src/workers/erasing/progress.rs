//! How far an erasure is within its step, and how long it rests. Kept in memory: a process that is killed
//! loses it, and does again what is done already.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use domain::erasure::event::PurgedView;
use domain::kernel::ErasureId;
use journal::erasure::Fence;
use projections::purge::Streams;

/// How long one rests at first; after that twice as long each time.
pub(super) const FIRST: Duration = Duration::from_millis(100);
/// And at most. Whoever has waited for so long in all is told of.
pub(super) const WAIT: Duration = Duration::from_secs(60);

/// How far one erasure is.
#[derive(Debug, Default)]
pub(super) struct Progress {
    /// Since when it waits for anything, and until when it rests; none: it does not.
    waiting: Option<(Instant, Instant)>,
    /// How long it rested last.
    rested: Duration,
    /// An instant after the key was destroyed everywhere.
    pub(super) destroyed: Option<Fence>,
    /// What was purged.
    pub(super) swept: Swept,
    /// Whether the key table was written anew.
    pub(super) rewritten: bool,
    /// What was deleted beside the views, by what it is.
    pub(super) besides: BTreeMap<String, u64>,
}

/// Up to where the log was searched, and what the views are without.
#[derive(Debug, Default)]
pub(super) struct Swept {
    /// The number of the last event that was looked at.
    pub(super) searched: i64,
    /// What was found there last and is not in all views purged.
    pub(super) left: Streams,
    /// Where it is.
    pub(super) done: BTreeSet<&'static str>,
    /// All that was found.
    pub(super) streams: Streams,
    /// What was purged, by the view's name.
    pub(super) views: BTreeMap<String, PurgedView>,
}

impl Swept {
    /// A view was purged of what is left.
    pub(super) fn purged(&mut self, name: &'static str, purged: Option<PurgedView>) {
        self.done.insert(name);
        if let Some(PurgedView { through, rows }) = purged {
            let view = self.views.entry(name.to_owned()).or_insert(PurgedView { through, rows: 0 });
            (view.through, view.rows) = (through, view.rows + rows);
        }
    }

    /// The log was looked at up to this number.
    pub(super) fn found(&mut self, streams: Streams, through: i64) {
        self.done.clear();
        self.streams.extend(streams.iter().cloned());
        (self.left, self.searched) = (streams, through);
    }
}

impl Progress {
    /// How long it rests still.
    pub(super) fn rests(&self, now: Instant) -> Option<Duration> {
        let (_, until) = self.waiting?;
        until.checked_duration_since(now).filter(|rest| !rest.is_zero())
    }

    /// Something stands in its way. It is tried again after twice the time, but `first` at least.
    pub(super) fn waits(&mut self, id: ErasureId, what: &str, first: Duration, now: Instant) {
        let since = self.waiting.map_or(now, |(since, _)| since);
        self.rested = (self.rested * 2).clamp(first, WAIT);
        match now - since {
            long if long >= WAIT => {
                tracing::warn!(erasure = %id, what, seconds = long.as_secs(), "the erasure waits still");
            }
            none if none.is_zero() => tracing::info!(erasure = %id, what, "the erasure waits"),
            _ => {}
        }
        self.waiting = Some((since, now + self.rested));
    }

    /// It has come on.
    pub(super) fn goes_on(&mut self) {
        (self.waiting, self.rested) = (None, Duration::ZERO);
    }
}
