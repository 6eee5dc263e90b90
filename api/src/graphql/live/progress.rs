//! Where a subscription stands: what its source and the transport tell each other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

use async_graphql::{Context, Result};
use tokio::sync::Notify;

/// Stands for a subscription that has not begun.
const NOWHERE: i64 = -1;

/// How far one client's subscription has come. The source writes it before each answer, the
/// transport reads it behind each.
#[derive(Debug)]
pub struct Progress {
    position: AtomicI64,
    turned: AtomicBool,
    begun: Notify,
}

impl Progress {
    /// Of a client that knows everything up to this number; none: that begins now.
    #[must_use]
    pub fn after(position: Option<i64>) -> Self {
        Self {
            position: AtomicI64::new(position.unwrap_or(NOWHERE)),
            turned: AtomicBool::new(false),
            begun: Notify::new(),
        }
    }

    /// Returns once the source is open.
    pub async fn begun(&self) {
        self.begun.notified().await;
    }

    /// The last event that the client needs no more; none before it has begun.
    pub fn position(&self) -> Option<i64> {
        Some(self.position.load(Ordering::Acquire)).filter(|position| *position != NOWHERE)
    }

    /// Whether the source ended only because the caller's rights have changed; asked once.
    pub fn take_turn(&self) -> bool {
        self.turned.swap(false, Ordering::AcqRel)
    }

    /// The source is open, and stands here.
    pub(super) fn begin(&self, position: i64) {
        self.come_to(position);
        self.begun.notify_one();
    }

    pub(super) fn come_to(&self, position: i64) {
        self.position.store(position, Ordering::Release);
    }

    pub(super) fn turn(&self) {
        self.turned.store(true, Ordering::Release);
    }
}

/// Begins a subscription that has no place in the log: whoever comes back is told what is so then.
pub(in crate::graphql) fn stand(cx: &Context<'_>) -> Result<()> {
    let progress = cx.data::<Arc<Progress>>()?;
    progress.begin(progress.position().unwrap_or_default());
    Ok(())
}
