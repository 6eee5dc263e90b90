//! Whether a model does well: when each of its slots has gone on, or found nothing to go on with.

use std::sync::atomic::{AtomicUsize, Ordering};

/// How many slots have still to say that they do well, before the model does.
#[derive(Debug)]
pub(super) struct Well(AtomicUsize);

impl Well {
    /// Nothing is known yet.
    pub(super) fn unknown() -> Self {
        Self(AtomicUsize::new(usize::MAX))
    }

    /// So many slots have to say so, unless all have before.
    pub(super) fn expect(&self, slots: usize) {
        if !self.is_so() {
            self.0.store(slots, Ordering::Relaxed);
        }
    }

    /// Whether all have.
    pub(super) fn is_so(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }

    /// One more has; whether it was the last.
    pub(super) fn one_more(&self) -> bool {
        let one_less = |left: usize| left.checked_sub(1);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_less) == Ok(1)
    }
}
