//! Counts the statements of one pool, by what sqlx tells about them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use sqlx::postgres::PgPoolOptions;
use sqlx::{ConnectOptions, PgPool};
use tracing::level_filters::LevelFilter;
use tracing::log::LevelFilter as Level;
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::{DefaultGuard, set_default};
use tracing::{Event, Metadata, Subscriber};

/// How many statements this thread has sent.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard(Arc<AtomicUsize>);

impl Heard {
    /// Listens as long as the guard lives.
    pub(super) fn listen() -> (Self, DefaultGuard) {
        let heard = Self::default();
        let guard = set_default(heard.clone());
        (heard, guard)
    }

    /// Since the last time.
    pub(super) fn take(&self) -> usize {
        self.0.swap(0, Ordering::SeqCst)
    }
}

/// The same database, one connection that tells what it is asked.
pub(super) async fn talkative(pool: &PgPool) -> PgPool {
    let options = pool.connect_options().as_ref().clone();
    let options =
        options.log_statements(Level::Debug).log_slow_statements(Level::Off, Duration::MAX);
    PgPoolOptions::new().max_connections(1).connect_with(options).await.unwrap()
}

impl Subscriber for Heard {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "sqlx::query"
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
