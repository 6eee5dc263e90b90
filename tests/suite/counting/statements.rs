//! Hears every statement that this thread sends, by what sqlx tells about it.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use sqlx::pool::PoolConnection;
use sqlx::{ConnectOptions, PgPool, Postgres};
use tracing::field::{Field, Visit};
use tracing::log::LevelFilter;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::Context;

/// Under which sqlx tells.
const TARGET: &str = "sqlx::query";
/// What a new connection says and asks once, whatever it is for.
const OF_CONNECTING: [&str; 2] = ["set role ", "pg_catalog."];

/// The statements heard so far.
#[derive(Clone, Default)]
pub(super) struct Statements(Arc<Mutex<Vec<String>>>);

impl Statements {
    /// What was heard since the last time.
    pub(super) fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().unwrap())
    }
}

impl<S: Subscriber> Layer<S> for Statements {
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        metadata.target() == TARGET
    }

    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut told = Told::default();
        event.record(&mut told);
        // A statement of a few words is its own summary.
        let text = if told.statement.is_empty() { told.summary } else { told.statement };
        if !OF_CONNECTING.iter().any(|part| text.contains(part)) {
            self.0.lock().unwrap().push(text);
        }
    }
}

/// One event's fields.
#[derive(Default)]
struct Told {
    statement: String,
    summary: String,
}

impl Visit for Told {
    fn record_str(&mut self, field: &Field, value: &str) {
        match field.name() {
            "db.statement" => value.trim().clone_into(&mut self.statement),
            "summary" => value.clone_into(&mut self.summary),
            _ => {}
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn fmt::Debug) {}
}

/// Has every connection of a pool tell its statements, which those of the house do not. The runtime
/// that this is called on keeps the connections: no other opens one.
pub(super) async fn make_heard(pool: &PgPool) {
    let options = pool.connect_options().as_ref().clone();
    let options = options
        .log_statements(LevelFilter::Debug)
        .log_slow_statements(LevelFilter::Off, Duration::MAX);
    pool.set_connect_options(options);
    // With all of them in hand none of the silent ones is left.
    for connection in all(pool).await {
        connection.close().await.unwrap();
    }
    drop(all(pool).await);
}

async fn all(pool: &PgPool) -> Vec<PoolConnection<Postgres>> {
    let mut all = Vec::new();
    for _ in 0..pool.options().get_max_connections() {
        all.push(pool.acquire().await.unwrap());
    }
    all
}
